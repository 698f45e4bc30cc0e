import Module from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Adapter } from '../../../src/runtime/adapter.ts';
import { install } from './packages.ts';
import type { Recorded } from './packages.ts';

/** `registerHooks` of Node 22.15, driven by hand: the e2e tests have the real one. */

type Loaded = { format: string; source: unknown; shortCircuit?: boolean };
type Load = (url: string, context: object, nextLoad: () => Loaded) => Loaded;

const node = Module as unknown as { registerHooks?: (hooks: { load: Load }) => { deregister: () => void } };
const original = node.registerHooks;

const adapter: Adapter = {
  driver: 'acme',
  recognizes: () => true,
  entries: { 'acme-pool': /^index\.js$/ },
  patch: (exports) => void Object.assign(exports as object, { marked: true }),
  source: { entries: { acme: /^src\/index\.js$/ }, wrap: (exported) => ({ wrapped: exported }) },
};

const url = 'file:///app/node_modules/acme/src/index.js';
const poolUrl = 'file:///app/node_modules/acme-pool/index.js';

let load: Load | undefined;
let hooks: Recorded;

beforeEach(() => {
  node.registerHooks = (given) => {
    load = given.load;
    return { deregister: () => (load = undefined) };
  };
  hooks = install(adapter);
});

afterEach(() => {
  hooks.uninstall();
  if (original === undefined) delete node.registerHooks;
  else node.registerHooks = original;
});

function loadSource(address: string, loaded: Loaded, condition = 'import'): Loaded {
  if (load === undefined) throw new Error('No hook is registered.');
  return load(address, { conditions: ['node', condition] }, () => loaded);
}

/** Runs a module with one default export, as far as that is a name. */
function evaluateDefault(source: unknown): unknown {
  const body = String(source).replace('export default', 'return');
  return new Function(body)();
}

const source = 'const greeting = "hello"\nexport default acme\n\nfunction acme() { return greeting }\n';

const texts: readonly (readonly [kind: string, source: unknown])[] = [
  ['text', source],
  ['bytes', new TextEncoder().encode(source)],
  ['a buffer', Buffer.from(source)],
  ['an ArrayBuffer', new TextEncoder().encode(source).buffer],
];

describe('an ES module of a driver', () => {
  it.for(texts)('exports what the adapter wraps it in; its source is %s', ([, given]) => {
    const loaded = loadSource(url, { format: 'module', source: given, shortCircuit: true });
    expect(loaded).toMatchObject({ format: 'module', shortCircuit: true });
    const { wrapped } = evaluateDefault(loaded.source) as { wrapped: () => string };
    expect(wrapped()).toBe('hello');
    expect(hooks).toMatchObject({ patched: ['acme index.js'], refused: [] });
  });

  it('keeps its lines', () => {
    const rewritten = String(loadSource(url, { format: 'module', source }).source).split('\n');
    const before = source.split('\n');
    expect(rewritten).toHaveLength(before.length);
    expect(rewritten.toSpliced(1, 1)).toEqual(before.toSpliced(1, 1));
  });

  it.for([
    ['export default acme;', true],
    ['export default $acme_1 ; ', true],
    ['export default acme // the client', false],
    ['export default acme()', false],
    ['export default function acme() {}', false],
    ['export { acme as default };', false],
    ['export default acme\nexport default acme', false],
    ['', false],
  ] as const)('%j is rewritten: %s', ([text, isRewritten]) => {
    const loaded: Loaded = { format: 'module', source: text };
    const result = loadSource(url, loaded);
    if (isRewritten) expect(result.source).toContain('globalThis[');
    else expect(result).toBe(loaded);
    const refusal = 'acme index.js: its source has no default export in the form that is known';
    expect(hooks.refused).toEqual(isRewritten ? [] : [refusal]);
  });

  it('is not looked for in the module that another loader puts in its place', () => {
    const standIn: Loaded = { format: 'module', source: `import * as real from ${JSON.stringify(url)};` };
    expect(loadSource(`${url}?iitm=true`, standIn)).toBe(standIn);
    expect(hooks.refused).toEqual([]);
  });

  it.for([
    ['another file', 'file:///app/node_modules/acme/src/other.js', 'module'],
    ['another package', 'file:///app/node_modules/other/src/index.js', 'module'],
    ['the application', 'file:///app/src/index.js', 'module'],
    ['data', url, 'json'],
  ] as const)('is not %s', ([, address, format]) => {
    const loaded: Loaded = { format, source };
    expect(loadSource(address, loaded)).toBe(loaded);
    expect(hooks.refused).toEqual([]);
  });
});

describe('CommonJS whose text is a loader’s', () => {
  const commonJs = "'use strict'; module.exports = { isStrict: this === undefined, name: 'acme' };\nreturn; // end";

  function run(text: unknown): unknown {
    const module = { exports: {} };
    const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
    const file = '/app/node_modules/acme-pool/index.js';
    new Function(...parameters, String(text)).call(module.exports, module.exports, undefined, module, file, '');
    return module.exports;
  }

  it.for([
    ['text', commonJs],
    ['bytes', new TextEncoder().encode(commonJs)],
  ] as const)('is patched when it has run; it is %s', ([, given]) => {
    const loaded = loadSource(poolUrl, { format: 'commonjs', source: given });
    expect(run(loaded.source)).toEqual({ isStrict: false, name: 'acme', marked: true });
    expect(hooks.patched).toEqual(['acme index.js']);
  });

  it.for([
    ['Node’s own text of an import', poolUrl, Buffer.from(commonJs), 'import'],
    ['what is required', poolUrl, commonJs, 'require'],
    ['a file that Node will read', poolUrl, undefined, 'import'],
    ['a file of nobody', 'file:///app/node_modules/acme-pool/other.js', commonJs, 'import'],
  ] as const)('is not %s, which goes through the compiler', ([, address, given, condition]) => {
    const loaded: Loaded = { format: 'commonjs', source: given };
    expect(loadSource(address, loaded, condition)).toBe(loaded);
  });
});

it('the hook goes with the others', () => {
  hooks.uninstall();
  expect(load).toBeUndefined();
});
