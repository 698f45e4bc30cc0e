import Module from 'node:module';
import { types } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, idle, install, marking } from './packages.ts';
import type { App, Recorded } from './packages.ts';

const withReturn = 'module.exports = { name: "acme" };\nreturn;\n';

let app: App;
let hooks: Recorded | undefined;

beforeEach(() => {
  app = createApp({
    'node_modules/acme/index.js': withReturn,
    'node_modules/acme/other.js': 'exports.name = "other";',
    'node_modules/acme/broken.js': 'throw new Error("of the package");',
    'node_modules/orm/index.js': 'module.exports = require("acme");',
    'node_modules/orm/node_modules/acme/index.js': withReturn,
    'node_modules/acme/index.mjs': 'export default "acme";',
    'acme/index.js': 'module.exports = { name: "mine" };',
  });
});

afterEach(() => {
  hooks?.uninstall();
  hooks = undefined;
  app.remove();
});

describe('a file of a driver that is required', () => {
  it('is patched, also where it ends in a return', () => {
    hooks = install(marking);
    expect(app.require('acme')).toEqual({ name: 'acme', marked: true });
    expect(hooks).toMatchObject({ patched: ['acme index.js'], refused: [] });
  });

  it('is patched in each of its copies', () => {
    hooks = install(marking);
    const copies = [app.require('acme'), app.require('orm')] as unknown[];
    expect(copies).toEqual([
      { name: 'acme', marked: true },
      { name: 'acme', marked: true },
    ]);
    expect(copies[0]).not.toBe(copies[1]);
  });

  it('is patched in all its copies that were loaded before', () => {
    const copies = [app.require('acme'), app.require('orm')];
    expect(copies).toEqual([{ name: 'acme' }, { name: 'acme' }]);
    hooks = install(marking);
    expect(copies).toEqual([
      { name: 'acme', marked: true },
      { name: 'acme', marked: true },
    ]);
  });

  it('is left alone while it has not run to its end', () => {
    const file = app.require.resolve('acme');
    const exports = {};
    app.require.cache[file] = { exports, loaded: false } as NodeJS.Module;
    hooks = install(marking);
    expect(exports).toEqual({});
  });

  it('is patched by every adapter that names it', () => {
    hooks = install(marking, { ...marking, driver: 'wrapper' });
    app.require('acme');
    expect(hooks.patched).toEqual(['acme index.js', 'wrapper index.js']);
  });

  it('exports what the adapter wraps it in', () => {
    const source = { entries: { acme: /^other\.js$/ }, wrap: (exported: unknown) => ({ wrapped: exported }) };
    hooks = install({ ...idle, source });
    expect(app.require('acme/other.js')).toEqual({ wrapped: { name: 'other' } });
    expect(app.require('acme/other.js')).toEqual({ wrapped: { name: 'other' } });
    expect(hooks.patched).toEqual(['acme other.js']);
  });
});

describe('an ES module that is required', () => {
  it('is not wrapped again: its source was, where that is possible', () => {
    const wrap = (): string => 'wrapped';
    hooks = install({ ...idle, source: { entries: { acme: /^index\.mjs$/ }, wrap } });
    expect(types.isModuleNamespaceObject(app.require('acme/index.mjs'))).toBe(true);
    expect(app.require('acme/index.mjs')).toMatchObject({ default: 'acme' });
    expect(hooks.patched).toEqual([]);
  });
});

describe('a file that is nobody’s entry', () => {
  it.for(['acme/other.js', './acme/index.js'])('is left as it is: %s', (specifier) => {
    hooks = install(marking);
    expect(app.require(specifier)).not.toHaveProperty('marked');
    expect(hooks.patched).toEqual([]);
  });

  it('fails as it would', () => {
    hooks = install({ ...marking, entries: { acme: /./ } });
    expect(() => app.require('acme/broken.js') as unknown).toThrow('of the package');
    expect(hooks).toMatchObject({ patched: [], refused: [] });
  });
});

describe('a patch', () => {
  it('that throws is a refusal, and the application gets its module', () => {
    const patch = (): undefined => {
      throw new TypeError('no such method.');
    };
    hooks = install({ ...marking, patch });
    expect(app.require('acme')).toEqual({ name: 'acme' });
    expect(hooks.refused).toEqual(['acme index.js: patching it failed: no such method']);
    expect(hooks.patched).toEqual([]);
  });

  it('that declines says why', () => {
    hooks = install({ ...marking, patch: () => 'version 99 is not known' });
    expect(app.require('acme')).toEqual({ name: 'acme' });
    expect(hooks).toMatchObject({ patched: [], refused: ['acme index.js: version 99 is not known'] });
  });

  it('that throws while it wraps leaves the export', () => {
    const wrap = (): never => {
      throw new Error('not a function');
    };
    hooks = install({ ...marking, entries: {}, source: { entries: marking.entries, wrap } });
    expect(app.require('acme')).toEqual({ name: 'acme' });
    expect(hooks.refused).toEqual(['acme index.js: patching it failed: not a function']);
  });
});

describe('the hooks', () => {
  const { prototype } = Module as unknown as { prototype: { _compile: unknown } };

  it('are installed once, with the adapters of the first', () => {
    hooks = install(marking);
    const compile = prototype._compile;
    const second = install({ ...marking, driver: 'second' });
    expect(prototype._compile).toBe(compile);
    app.require('acme');
    expect([hooks.patched, second.patched]).toEqual([['acme index.js'], []]);
  });

  it('are found by a copy of this package in another realm', () => {
    const isMarked = (): boolean => Symbol.for('eslint-plugin-pool:hooks') in Module;
    expect(isMarked()).toBe(false);
    hooks = install(marking);
    expect(isMarked()).toBe(true);
    hooks.uninstall();
    expect(isMarked()).toBe(false);
  });

  it('can be taken away and installed again', () => {
    const before = prototype._compile;
    install(marking).uninstall();
    expect(prototype._compile).toBe(before);
    expect(app.require('acme')).toEqual({ name: 'acme' });
    hooks = install(marking);
    expect(hooks.patched).toEqual(['acme index.js']);
  });

  it('fall silent where another hook stands on them', () => {
    const before = prototype._compile;
    const first = install(marking);
    const ours = prototype._compile as (...args: unknown[]) => unknown;
    const theirs = function (this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(ours, this, args);
    };
    prototype._compile = theirs;
    first.uninstall();
    expect(prototype._compile).toBe(theirs);
    expect(app.require('acme')).toEqual({ name: 'acme' });
    prototype._compile = before;
  });
});

describe('a builtin module', () => {
  it('is patched at once, and needs no file', async () => {
    const { default: http } = await import('node:http');
    const seen: unknown[] = [];
    const patch = (exports: unknown): undefined => void seen.push(exports);
    hooks = install({ ...idle, driver: 'http', entries: { http: /^$/ }, patch });
    expect(seen).toEqual([http]);
    expect(hooks.patched).toEqual(['http http']);
  });

  it('is none by a path that names a file', () => {
    hooks = install({ ...idle, driver: 'http', entries: { http: /^index\.js$/ } });
    expect(hooks.patched).toEqual([]);
  });
});
