import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptSuggestion, fix, report } from './lint.ts';
import { fixtures, readPart, services } from './services.ts';
import { typecheck } from './typecheck.ts';

/** Not for one framework: a service that reads `.env` when it starts. */
const OTHER_FOLDERS = ['dotenv'];
const RULES = /^(?:no-connect-per-request|no-pool-in-handler):/;
const misused = services.filter(({ rule }) => rule !== undefined);

it('the list names every service', () => {
  const folders = fs.readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const listed = [...services.map(({ name }) => name), ...OTHER_FOLDERS];
  expect(folders.map(({ name }) => name)).toEqual(listed.sort());
});

it('all of them compile', () => {
  const files = fs.readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThanOrEqual(services.length + misused.length * 2);
  expect(typecheck(files.map((file) => path.join(fixtures, file)))).toEqual([]);
}, 120_000);

describe.each(misused)('$name', ({ name, path: file, oncePath = file, rule = '', line, isSuggested }) => {
  it('is reported where it builds connections for each request', () => {
    const reports = report(readPart(name, 'misuse'), file).filter((one) => RULES.test(one));
    expect(reports).toEqual([`${rule}:${line}`]);
  });

  it('is repaired', () => {
    const misuse = readPart(name, 'misuse');
    const repaired = isSuggested ? acceptSuggestion(misuse, file, rule) : fix(misuse, file);
    expect(repaired).toBe(readPart(name, 'repaired'));
  });

  it('is silent when repaired', () => {
    expect(report(readPart(name, 'repaired'), file)).toEqual([]);
  });

  it('is silent where it builds them once', () => {
    expect(report(readPart(name, 'once'), oncePath)).toEqual([]);
  });
});

describe.each(services.filter(({ rule }) => rule === undefined))('$name', ({ name, path: file }) => {
  it('is silent: one connection for each request is right there', () => {
    expect(report(readPart(name, 'once'), file)).toEqual([]);
  });
});
