import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, install, marking } from './packages.ts';
import type { App, Recorded } from './packages.ts';

/** A runtime as Jest's: it gives each name a module of its own, and a function for one that exports a function. */
const runtime = `
class Runtime {
  requireModule(from, name) {
    return name === 'call' ? (this.call ??= () => 'called') : { from, name };
  }
}
module.exports = { default: Runtime };
`;

interface Runtime {
  requireModule(from: string, name?: string): unknown;
}

let app: App;
let hooks: Recorded;

beforeEach(() => {
  app = createApp({
    'node_modules/jest-runtime/build/index.js': runtime,
    'old/node_modules/jest-runtime/build/index.js': 'module.exports = { default: class {} };',
  });
});

afterEach(() => {
  hooks.uninstall();
  app.remove();
});

function createRuntime(): Runtime {
  const { default: Runtime } = app.require('jest-runtime/build/index.js') as { default: new () => Runtime };
  return new Runtime();
}

const FROM = '/app/main.js';

describe('what a module of a test requires', () => {
  it.each([
    ['by the name of the package', 'acme'],
    ['by a file of the package', 'acme/index.js'],
    ['by the path that an import was resolved to', '/app/node_modules/acme/index.js'],
  ])('is patched %s', (_how, name) => {
    hooks = install(marking);
    expect(createRuntime().requireModule(FROM, name)).toEqual({ from: FROM, name, marked: true });
  });

  it('is patched where Jest was there before the hooks', () => {
    const loaded = createRuntime();
    hooks = install(marking);
    expect(loaded.requireModule(FROM, 'acme')).toMatchObject({ marked: true });
  });

  it.each(['./acme', '../acme', 'acme-other', '@scope/acme', undefined])('is left alone as %s', (name) => {
    hooks = install(marking);
    expect(createRuntime().requireModule(FROM, name)).toEqual({ from: FROM, name });
  });

  it('is left alone when it is not what the driver exports', () => {
    hooks = install({ ...marking, recognizes: () => false });
    expect(createRuntime().requireModule(FROM, 'acme')).toEqual({ from: FROM, name: 'acme' });
  });

  it('is one and the same wrapped function each time', () => {
    const wrap = (exported: unknown): unknown => Object.assign(() => 'wrapped', { exported });
    hooks = install({ ...marking, entries: {}, source: { entries: { call: /^index\.js$/ }, wrap } });
    const loaded = createRuntime();
    const [first, second] = [loaded.requireModule(FROM, 'call'), loaded.requireModule(FROM, 'call')];
    expect((first as () => string)()).toBe('wrapped');
    expect(second).toBe(first);
  });
});

it('a runtime of another shape is refused', () => {
  hooks = install(marking);
  app.require('./old/node_modules/jest-runtime/build/index.js');
  expect(hooks.refused).toEqual(['jest index.js: its runtime has no `requireModule`']);
});
