import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { factsOf } from './snippets.ts';

let root = '';

const write = (name: string, value: unknown): string => {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};

const packageWith = (...names: readonly string[]) => ({
  dependencies: Object.fromEntries(names.map((one) => [one, '*'])),
});

const SERVICE = `
import axios from 'axios';
import { tokens } from './token.service';
export const api = axios.create({ baseURL: '/api', headers: { Authorization: tokens.read() } });`;

/** Whether its HTTP client is left alone. */
const isBrowser = (filename = 'src/services/api.service.ts', code = SERVICE): boolean =>
  factsOf(code, { cwd: root, filename }).configurations.length === 0;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'pool-browsers-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(root, { recursive: true, force: true });
});

describe('a package is for browsers', () => {
  it.for([
    [['react', 'react-dom', 'axios']],
    [['react-scripts', 'axios']],
    [['react-native', 'axios']],
    [['vue', 'axios']],
    [['svelte', 'got']],
    [['@angular/core', 'rxjs']],
    [['react-dom', 'react-router', 'react-router-dom']],
    [['react-dom', '@tanstack/react-router']],
    [['react-dom', '@apollo/client', 'graphql']],
    [['react-dom', 'webpack-dev-server', 'socket.io-client', 'json-server']],
  ])('with %s', ([names]) => {
    write('package.json', packageWith(...(names ?? [])));
    expect(isBrowser()).toBe(true);
  });

  it.for(['devDependencies', 'peerDependencies', 'optionalDependencies'])('by its %s', (section) => {
    write('package.json', { [section]: { 'react-dom': '^19.0.0' } });
    expect(isBrowser()).toBe(true);
    write('package.json', { [section]: { express: '^5.0.0' }, dependencies: { 'react-dom': '^19.0.0' } });
    expect(isBrowser()).toBe(false);
  });

  it('behind a byte order mark', () => {
    write('package.json', `\uFEFF${JSON.stringify(packageWith('vue'))}`);
    expect(isBrowser()).toBe(true);
  });
});

describe('a package has a side that serves, or is no page', () => {
  it.for([
    [['axios']],
    // Terminals and mails.
    [['react', 'ink', 'axios']],
    [['react-dom', 'express']],
    [['react-dom', 'next']],
    [['vue', 'nuxt']],
    [['vue', 'nuxt3']],
    [['svelte', '@sveltejs/kit']],
    [['react-dom', 'astro']],
    [['react-dom', 'react-router', '@react-router/node']],
    [['react-dom', '@remix-run/node']],
    [['react-dom', '@tanstack/react-start']],
    [['react-dom', '@nestjs/core']],
    [['react-dom', '@hono/node-server']],
    [['react-dom', '@strapi/strapi']],
    [['@angular/core', '@angular/ssr']],
    [['react-dom', 'pg']],
    [['react-dom', 'mysql2']],
    [['react-dom', 'drizzle-orm']],
    [['react-dom', '@prisma/client']],
    [['react-dom', 'bullmq']],
    [['react-dom', 'undici']],
  ])('with %s', ([names]) => {
    write('package.json', packageWith(...(names ?? [])));
    expect(isBrowser()).toBe(false);
  });
});

describe('of the packages of a repository', () => {
  beforeEach(() => {
    write('package.json', { private: true, workspaces: ['packages/*'], ...packageWith('react-dom') });
    write('packages/client/package.json', packageWith('react-dom', 'axios'));
    write('packages/server/package.json', packageWith('axios', '@nestjs/core'));
    write('packages/shared/package.json', packageWith('axios'));
  });

  it.for([
    ['packages/client/src/services/api.service.ts', true],
    ['packages/server/src/services/api.service.ts', false],
    ['packages/shared/src/api.ts', false],
    ['src/api.ts', true],
  ] as const)('the nearest counts: %s', ([file, expected]) => {
    expect(isBrowser(file)).toBe(expected);
    expect(isBrowser(path.join(root, file))).toBe(expected);
  });

  it('the one above the working directory counts, too', () => {
    const cwd = path.join(root, 'packages/client/src');
    expect(factsOf(SERVICE, { cwd, filename: path.join(cwd, 'api.ts') }).configurations).toEqual([]);
  });
});

describe('the text decides', () => {
  const inPage = `${SERVICE}\nwindow.addEventListener('load', () => api.get('/me'));`;

  it('where there is no package', () => {
    expect(isBrowser()).toBe(false);
    expect(isBrowser(undefined, inPage)).toBe(true);
  });

  it.for(['', '{', '[]', 'null', '"vue"', '3', '{ "dependencies": null }', '{ "dependencies": "vue" }', '// vue\n{}'])(
    'where package.json says nothing: %s',
    (text) => {
      write('package.json', packageWith('react-dom'));
      write('packages/client/package.json', text);
      expect(isBrowser('packages/client/src/api.ts')).toBe(false);
      expect(isBrowser('packages/client/src/api.ts', inPage)).toBe(true);
    },
  );

  it('where package.json is a folder', () => {
    fs.mkdirSync(path.join(root, 'package.json'));
    expect(isBrowser()).toBe(false);
  });

  it('where the file says that it is of the page, or of the server', () => {
    write('package.json', packageWith('react-dom', 'express'));
    expect(isBrowser(undefined, inPage)).toBe(true);
    write('package.json', packageWith('react-dom'));
    expect(isBrowser('proxy.ts', `${SERVICE}\nhandler.listen(3000);`)).toBe(false);
    expect(isBrowser('proxy.ts', `import { readFile } from 'node:fs/promises';${SERVICE}`)).toBe(false);
    expect(isBrowser('proxy.js', `const https = require('https');${SERVICE}`)).toBe(false);
    expect(isBrowser('paths.ts', `import path from 'path';${SERVICE}`)).toBe(true);
  });
});

describe('the disk', () => {
  it('is asked again for each file, as the policy is', () => {
    write('package.json', packageWith('react-dom'));
    expect(isBrowser()).toBe(true);
    write('package.json', packageWith('react-dom', 'express'));
    expect(isBrowser()).toBe(false);
  });

  it('is left alone where no HTTP client is set up, or where the text has the answer', () => {
    const looks = [vi.spyOn(fs, 'existsSync'), vi.spyOn(fs, 'readFileSync')];
    const count = (code: string): number => {
      looks.forEach((one) => one.mockClear());
      factsOf(code, { cwd: root, filename: 'src/api.ts' });
      return looks.flatMap((one) => one.mock.calls).filter(([file]) => String(file).endsWith('package.json')).length;
    };
    expect(count('export const one = 1;')).toBe(0);
    expect(count("import { Pool } from 'pg';\nexport const pool = new Pool();")).toBe(0);
    expect(count("import axios from 'axios';\nexport const load = () => axios.get('/me');")).toBe(0);
    expect(count(`${SERVICE}\nwindow.api = api;`)).toBe(0);
    expect(count(SERVICE)).toBeGreaterThan(0);
  });

  it.for(['<input>', '<text>', 'untitled:Untitled-1'])('need not have the file: %s', (filename) => {
    expect(isBrowser(filename)).toBe(false);
    write('package.json', packageWith('react-dom'));
    expect(isBrowser(filename)).toBe(true);
  });

  it('need not have its folder', () => {
    write('package.json', packageWith('react-dom'));
    expect(isBrowser('guide/start.md/0.ts')).toBe(true);
  });
});
