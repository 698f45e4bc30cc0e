import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.ts';

/** Nothing of ours throws, whatever stands in a file. What does not parse is ESLint's, and is left out. */

type SourceType = 'module' | 'commonjs' | 'script';

interface Input {
  readonly code: string;
  readonly file?: string;
  readonly sourceType?: SourceType;
  readonly espree?: true;
}

/** `undefined` when it does not parse; throws what a rule throws. */
function lint({ code, file = 'file.ts', sourceType = 'module', espree }: Input): Linter.LintMessage[] | undefined {
  const config: Linter.Config = {
    ...plugin.configs.all,
    files: ['**'],
    languageOptions: { sourceType, ...(espree ? {} : { parser }), parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  };
  const messages = new Linter({ configType: 'flat' }).verify(code, [config], { filename: file });
  return messages.some(({ fatal }) => fatal) ? undefined : messages;
}

/** The inputs on which something throws, with what; and how many could be linted at all. */
function findThrows(inputs: readonly Input[]): { thrown: string[]; linted: number } {
  const thrown: string[] = [];
  let linted = 0;
  for (const input of inputs) {
    try {
      if (lint(input)) linted++;
    } catch (error) {
      thrown.push(`${(error as Error).message.split('\n')[0]} IN ${input.code.slice(0, 300)}`);
    }
  }
  return { thrown, linted };
}

/** Names that hand out, give back or make a connection, and ordinary ones of them that other code has too. */
const NAMES = ['connect', 'getConnection', 'release', 'Pool', 'constructor'];

/** `N` stands for one of the names: in every position that a name can take. */
// prettier-ignore
const STATEMENTS = [
  'N;', 'N();', 'new N;', 'new N();', 'await N();', 'await (await N()).N();', '(N)();', '(0, N)();', 'N?.();', 'N?.N?.();', 'N!.N!();', 'N`x`;', 'N.N`BEGIN`;',
  'pool?.N();', 'pool!.N();', '(pool as any).N();', '(<any>pool).N();', "pool['N']();", 'pool[`N`]();', 'pool[N]();', 'pool.N(...N);', 'pool.N(...[], ...N());', 'super_.N();',
  'let N = 1;', 'var { N } = N2;', 'let { N: { N: a = N() } = N2, ...b } = N2;', 'let [N, , ...[c]] = await pool.N();', '[a.N, a[N]] = await pool.N();', '({ N: a, ...b.N } = await pool.N());',
  'const x = await pool.N(), y = await pool.N();', 'let z = await pool.N(), z2 = z.N(); z = await pool.N();', 'a = b = await pool.N();', 'a ??= await pool.N();', 'a.b ||= await pool.N();', 'a += await pool.N();',
  'function N(N, N2 = N) { return N; }', 'function N({ N }, [N2], ...N3) {}', 'async function* N() { yield* N(); yield await pool.N(); }', 'function N() { return N(N()); }', '(function N() { N(); })();', '(async () => { await pool.N(); })();',
  'const N = async (N) => N.N();', 'const f = ({ N } = N2) => ({ N, [N]: N, N() {}, get N() { return N; }, set N(v) {}, async *N() {}, "N": 1, N: 2, ...N });',
  'class N {}', 'class A extends N { constructor() { super(N); super.N(); new.target; } }', 'class A { N = await_(this.N()); static N = N; #N = this.N(); [N] = 1; static { N(); this.N(); } get N() { return this.#N; } static async *N() {} }',
  'class A { private readonly N = pool.N(); constructor(private N2: N, public N3?: typeof N) {} declare N4: N; accessor N5 = N; }', 'const A = class N extends (await pool.N()) {};',
  'abstract class A { abstract N(): void; abstract N2: N; protected N3?(): N; N4(x: string): void; N4(x: any) {} }', 'class A { @N() N(@N N) {} @N.N({ N }) static N2 = 1; }', '@N class A {}', '@N() class B { @N accessor x; }',
  'if (N) N(); else pool.N();', 'if (await pool.N()) {} else if (N) {}', 'switch (await pool.N()) { case N: const c = await pool.N(); break; default: c.release(); case N(): }', 'switch (N) {}',
  'for (;;) { const c = await pool.N(); if (N) break; continue; }', 'for (const N of N2) { await pool.N(); }', 'for await (const N of pool.N()) N();', 'for (N.N in N2) pool.N();', 'for (let c = await pool.N(), i = 0; i < N; c.N()) ;', 'for (const [N, { N2 }] of []) {}',
  'while (await pool.N()) ;', 'do { var c = await pool.N(); } while (c.N());', 'N: for (;;) { N2: { if (N) continue N; break N2; } }', 'N: { break N; }', 'N: while (1) { try { break N; } finally { pool.N(); } }',
  'try { await pool.N(); } catch { N(); }', 'try { var c = await pool.N(); } catch ({ N }) {} finally { c?.N(); }', 'try { throw await pool.N(); } finally { N(); }', 'try {} catch (N) { throw N; }', 'try { N(); } finally { for (;;) { break; } }',
  'return await pool.N();', 'return;', 'return pool.N().then(N, N);', 'throw N;', 'debugger;', ';;;', '{}', '{ { { N(); } } }', '"use strict";', 'var c = (N, await pool.N());', 'delete pool.N;', 'void pool.N();', 'typeof pool.N();', 'N++;', '--pool.N;', 'N in pool;', '#x in pool;',
  'pool.N().then((N) => N.N()).catch(N).finally(() => N.release());', 'pool.N().then();', 'pool.N().then(function N({ N }) {}, null);', 'pool.N().finally(pool.N);', 'pool.N().then((c) => c.query(`BEGIN`).then(() => c.release()));', 'pool.N().N().N().N();',
  'pool.N((err, N, done) => { if (err) return done(err); N.N(done); done(); });', 'pool.N(function (N) {});', 'pool.N((...N) => N[1].release());', 'pool.N(([e], { N }) => {});', 'pool.N((e, c = N) => c.release());', 'pool.N(N, N);', 'pool.N(async function* (e, c) { yield c; });', 'pool.N((e, c) => c);', 'pool.N(() => {});',
  'Promise.all([pool.N(), pool.N()]).then(([a, b]) => { a.release(); });', 'const [p, q] = await Promise.all([pool.N(), pool.N(),,]);', 'const r = await Promise.all(N.map(() => pool.N()));', 'new Promise((N, reject) => pool.N((e, c) => (e ? reject(e) : N(c))));', 'new Promise(N);', 'new Promise();',
  'const w = N ? await pool.N() : (await pool.N()) ?? N2;', 'const v = N && (await pool.N()); v?.release();', 'const { release, N: u } = await pool.N(); release();', 'const o = { N: await pool.N(), N2 };', 'this.N = await pool.N();', 'this.#x = await pool.N();', 'pool.N = await pool.N();', 'module.exports = pool.N();',
  'using c = await pool.N();', 'await using c = await pool.N();', 'const s = `N ${N} ${await pool.N()} ${`${N}`}`;', 'const e = /N(N)/v;', 'import.meta.N();', 'await import("N");', 'import("pg").then(({ N }) => N());', 'const t = require("pg").N();', 'require("N")();', 'require();', 'require(N);', 'const { N: k = require("pg") } = require("pg");',
  'const j = await pool.N() satisfies N;', 'const k = (await pool.N())!;', 'const l = <N,>(x: N): x is N => true;', 'let m: typeof N.N<N>; const n = N<N>; new N<N>();', 'pool.N<N>(N);', 'const c: N = await pool.N(); c.N();', 'let c: N | undefined; try { c = await pool.N(); } finally { c?.release(); }', 'let c!: N; c = await pool.N(); c = null; c = undefined;',
  'pool.query("BEGIN");', 'pool.query(`BEGIN ${N}`); pool.query(`COMMIT`); pool.N`ROLLBACK`;', 'pool.query("BEGIN", N, () => {}); "BEGIN";', 'new Pool().query("BEGIN");', 'N("BEGIN"); "BEGIN".N(); ["BEGIN"]; ({ BEGIN: "BEGIN" });',
  'setInterval(async () => { const c = await pool.N(); c.query(); }, N);', 'process.on("exit", () => pool.N());', 'arr.forEach(async (N) => { const c = await pool.N(); await N(c); c.release(); c.release(); });', 'function g() { g(); h(); } function h() { g(pool.N()); }', 'const f1 = () => f2(), f2 = () => f1(pool.N());',
];

/** Stand at the top of a file only. */
// prettier-ignore
const DECLARATIONS = [
  'import N from "pg";', 'import * as N from "pg";', 'import { Pool as N, type Client } from "pg"; N.N(); new N();', 'import { default as N } from "mysql2/promise"; N();', 'import type { N } from "pg"; let a: N;', 'import N = require("pg"); new N.Pool().connect();', 'import N = N2.N3;', 'import { "N" as x } from "pg"; new x();', 'import "N";', 'import j from "./N.json" with { type: "json" };',
  'export default async () => { await pool.N(); };', 'export default class { N() {} }', 'export default function () { return pool.N(); }', 'export default pool.N();', 'export const N = await pool.N();', 'export { N as default } from "pg";', 'export * from "pg";', 'export * as N from "pg";', 'export { x as "N" }; const x = 1;', 'export = N;', 'export as namespace N;', 'export import N = N2.N3;', 'export const { N, ...rest } = await pool.N();',
  'declare const N: N2; N.connect();', 'declare function N(): N; N();', 'declare module "N" { export function connect(): void; const x: N; }', 'declare global { var N: N2; interface Window { N: N } }', 'declare class N { connect(): N; }', 'declare namespace N { let connect: N2; }', 'declare enum N { N2 }', 'declare let N: unique symbol, N2: any;', 'declare module N.N2 {}',
  'namespace N { export const c = pool.N(); namespace N2 { N(); } }', 'namespace N.N2.N3 { pool.N(); }', 'enum N { N = 1, connect = N, "release" }', 'const enum N { A = "N" }', 'interface N extends N2<N> { N(): N; readonly [N: string]: N; new (N: N): N; <T>(N: T): N; get N(): N; }', 'type N<T extends N2 = N2> = T extends infer U ? { [K in keyof U as `N${K & string}`]?: U[K] } : never;', 'type A = typeof import("pg"); type B = import("pg").N<N>; let b: B = await pool.N();', 'type C = [N: N, N2?: N, ...N3: N[]]; type D = new (...N: N[]) => N; type E = asserts_ | N.N2;',
  'function N(a: string): void; function N(a: number): void; function N(a: any) { pool.N(a); }', 'export default function N(): void; export default function N(a?: any) {}', 'function f(this: N, N?: N, ...N2: N[]): asserts N is N2 { this.N(); }', 'export abstract class A<N> extends B<N>.C implements N, N2 { constructor(); constructor(private N?: N) { super(); } }',
  'await pool.N(); const c = await pool.N(); c.N();', 'let c; c = pool.N(); c.then((N) => (c = N)); c.release();', 'for await (const N of pool.N()) { N.release(); }', 'using c = await pool.N();', '#!/usr/bin/env node\npool.N();', 'var c = pool.N(); { function c() {} } c.N();', '', ' ', '\uFEFF', '// N', '/* pool.N() */', '"use strict"', ';', '\u2028\u2029',
];

// prettier-ignore
const JSX = [
  '<N />;', '<N.N N={pool.N()} {...N} N:N="N">{await pool.N()}{/* N */}{...N}</N.N>;', '<></>;', '<>{pool.N().then((N) => <N onClick={async () => { const c = await pool.N(); c.N(); }} />)}</>;', 'const C = async () => <A b={(await pool.N()).rows} />;', '<a N>pool.N() &amp; N</a>;',
];

// prettier-ignore
const SLOPPY = [
  'with (pool) { N(); var c = N(); c.release(); }', 'var await = pool.N(); await.N();', 'var let = pool.N(); yield = 010; let = 1;', 'delete N; N = pool.N(); arguments.N();', 'function f(a, a) { a = pool.N(); arguments[0].release(); }', 'if (N) function g() { pool.N(); }', 'label: function h() {}', 'for (var i = pool.N() in {}) ;', '<!-- N\npool.N();', 'function eval() {} eval("pool.N()");', 'var undefined = pool.N(); NaN = N;', 'return_: { pool.N(); }',
];

const named = (text: string, name: string): string => text.replace(/\bN\b/g, name).replace(/\bN(?=\d)/g, `${name}_`);
const cross = (texts: readonly string[], build: (text: string) => Input[]): Input[] =>
  texts.flatMap((text) => NAMES.flatMap((name) => build(named(text, name))));

const IMPORT = "import { Pool } from 'pg';\nimport mysql from 'mysql2/promise';\nconst pool = new Pool();\n";
const held = (text: string): string =>
  `${IMPORT}async function f(N2, a, b) { const client = await pool.connect(); try { ${text} } finally { client.release(); } }`;

describe('no rule throws on', () => {
  it('names of drivers in every position, at the top of a file', () => {
    const inputs = cross([...STATEMENTS, ...DECLARATIONS], (code) => [{ code }, { code: `${IMPORT}${code}` }]);
    const { thrown, linted } = findThrows(inputs);
    expect(thrown).toEqual([]);
    expect(linted).toBeGreaterThan(inputs.length * 0.7);
  });

  it('the same in a function that holds a connection', () => {
    const inputs = cross(STATEMENTS, (text) => [
      { code: held(text) },
      { code: `async function* f(pool) { const c = await pool.connect(); c.query('BEGIN'); ${text} c.release(); }` },
      { code: `class S { constructor(pool) { this.pool = pool; } async f() { const c = await this.pool.getConnection(); for (const x of []) { ${text} } c.release(); } }` },
      { code: `pool.connect(async (err, c, done) => { ${text} done(); });` },
    ]); // prettier-ignore
    const { thrown, linted } = findThrows(inputs);
    expect(thrown).toEqual([]);
    expect(linted).toBeGreaterThan(inputs.length * 0.7);
  });

  it('JSX', () => {
    const inputs = cross(JSX, (code) => [
      { code, file: 'file.tsx' },
      { code: `${IMPORT}export async function A() { const c = await pool.connect(); return (${code.slice(0, -1)}); }`, file: 'file.tsx' },
      { code, file: 'file.jsx', espree: true },
    ]); // prettier-ignore
    const { thrown, linted } = findThrows(inputs);
    expect(thrown).toEqual([]);
    expect(linted).toBeGreaterThan(inputs.length * 0.5);
  });

  it.for(['script', 'commonjs', 'module'] as const)('plain JavaScript read as %s', (sourceType) => {
    const head = "const { Pool } = require('pg');\n";
    const inputs = cross([...SLOPPY, ...STATEMENTS, ...DECLARATIONS], (code) => [
      { code, sourceType, file: 'file.js', espree: true },
      { code: head + code, sourceType, file: 'file.js' },
    ]);
    const { thrown, linted } = findThrows(inputs);
    expect(thrown).toEqual([]);
    expect(linted).toBeGreaterThan(inputs.length * 0.4);
  });
});

const REALISTIC = `import express, { type Request } from 'express';
import { Pool, type PoolClient } from 'pg';
const pool = new Pool({ max: 10, ...(process.env.URL ? { connectionString: process.env.URL } : {}) });
export class Accounts<T extends { id: number }> {
  #open = 0;
  constructor(private readonly pool: Pool, private log?: (line: string) => void) {}
  async transfer(from: number, to: number, amount = 1): Promise<T | undefined> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const { rows: [row] } = await client.query<T>(\`UPDATE a SET n = n - \${amount} WHERE id = $1\`, [from]);
      if (!row) return undefined;
      for (const id of [to, ...[]]) { if (id === from) continue; await client.query('UPDATE a', [id]); }
      await client.query('COMMIT');
      return row;
    } catch (error: unknown) {
      await client.query('ROLLBACK').catch(() => {});
      throw error instanceof Error ? error : new Error(String(error));
    } finally { client.release(); this.#open--; }
  }
  static with = async (work: (c: PoolClient) => Promise<void>) => { const c = await pool.connect(); await work(c).finally(() => c.release(true)); };
}
let held: PoolClient | null = null;
async function* pages(req: Request) {
  held ??= await pool.connect();
  switch (req.method) { case 'GET': { yield* [held]; break; } default: held!.release(); held = null; }
  do { const other = await pool.connect(); other.release(); } while (held);
}
pool.connect((err, client, done) => { if (err) return done(err); client?.query('SELECT 1', (e, r) => { done(e); console.log(r?.rows[0]); }); });
express().get('/', (req, res) => pool.connect().then((c) => c.query('BEGIN').then((r) => { c.release(); res.json(r); }, (e) => { c.release(e); throw e; })));
`;

const TOKENS = REALISTIC.match(/\s+|[\w$#]+|'[^'\n]*'|`[^`]*`|=>|\?\?=|\?\.|\.\.\.|[^\s\w]/g) ?? [];
const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** The beginning of the file, with what is open closed again. */
function closed(tokens: readonly string[]): string {
  const open: string[] = [];
  let last = '';
  for (const token of tokens) {
    if (token in CLOSERS) open.push(last === 'try' ? '} finally {}' : (CLOSERS[token] as string));
    else if (token === open.at(-1)?.[0]) open.pop();
    if (token.trim() !== '') last = token;
  }
  return tokens.join('') + open.reverse().join('');
}

/** A repeatable stream of numbers below `limit`. */
function randomOf(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function mutants(count: number, seed: number): Input[] {
  const random = randomOf(seed);
  const words = TOKENS.filter((token) => token.trim() !== '');
  return Array.from({ length: count }, () => {
    const tokens = [...TOKENS];
    for (let round = random(3); round >= 0; round--) {
      const at = random(tokens.length);
      const other = words[random(words.length)] as string;
      const edit = random(8);
      if (edit === 0) tokens.splice(at, 1);
      else if (edit === 1) tokens.splice(at, 0, ' ', other, ' ');
      else if (edit === 2) tokens.splice(at, random(12), ...tokens.slice(random(tokens.length)).slice(0, random(12)));
      else if (/^\w/.test(tokens[at] ?? '') && /^\w/.test(other)) tokens[at] = other;
    }
    return { code: tokens.join('') };
  });
}

describe('no rule throws on a realistic file', () => {
  it('cut off after any token', () => {
    const inputs = TOKENS.flatMap((_, end) => {
      const start = TOKENS.slice(0, end);
      return [{ code: start.join('') }, { code: closed(start) }, { code: closed([...start, ' x']) }];
    });
    const { thrown, linted } = findThrows(inputs);
    expect(thrown).toEqual([]);
    expect(linted).toBeGreaterThan(100);
  });

  it('without any one token', () => {
    const { thrown, linted } = findThrows(TOKENS.map((_, at) => ({ code: TOKENS.toSpliced(at, 1).join('') })));
    expect(thrown).toEqual([]);
    expect(linted).toBeGreaterThan(TOKENS.length * 0.3);
  });

  it('with tokens removed, doubled and exchanged at random', () => {
    const inputs = mutants(Number(process.env['MUTANTS'] ?? 1000), 1);
    const { thrown, linted } = findThrows(inputs);
    expect(thrown).toEqual([]);
    expect(linted).toBeGreaterThan(inputs.length * 0.1);
  });
});

const times = (count: number, one: (index: number) => string, separator = ''): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(separator);

const HOLDING = (body: string): string =>
  `${IMPORT}async function f(x) { const client = await pool.connect(); ${body} client.release(); }`;

// prettier-ignore
const HUGE: readonly (readonly [string, string])[] = [
  ['20,000 statements at the top', IMPORT + times(20_000, (n) => `pool.connect(${n});\n`)],
  ['5,000 statements that hold a connection', HOLDING(times(5000, (n) => `await client.query('SELECT ${n}');\n`))],
  ['20,000 keys', `${IMPORT}export default { ${times(20_000, (n) => `connect${n}: pool.connect`, ',')} };`],
  ['100 checkouts into one variable', `${IMPORT}async function f() { let c; ${times(100, () => 'c = await pool.connect(); c.release();\n')} }`],
];

/** Nested as deep as a parser stands it, which depends on the parser and on Node. */
// prettier-ignore
const DEEP: readonly (readonly [string, (depth: number) => string])[] = [
  ['chained calls', (depth) => HOLDING(`await client${times(depth, () => '.query()')};`)],
  ['links of a promise', (depth) => `${IMPORT}pool.connect()${times(depth, () => '.then((c) => c)')};`],
  ['sums', (depth) => HOLDING(`await client.query(${times(depth, (n) => `'${n}'`, ' + ')});`)],
  ['conditions with &&', (depth) => HOLDING(`if (${times(depth, (n) => `x.a${n}`, ' && ')}) return;`)],
  ['conditions with ||', (depth) => HOLDING(`if (${times(depth, (n) => `x.a${n}`, ' || ')} || client) return;`)],
  ['negations', (depth) => HOLDING(`if (${'!'.repeat(depth)}client) return;`)],
  ['else-ifs', (depth) => HOLDING(times(depth, (n) => `if (x === ${n}) { await client.query(); }`, ' else '))],
  ['branches', (depth) => HOLDING(`${'if (x) {'.repeat(depth)} await client.query(); ${'}'.repeat(depth)}`)],
  ['blocks', (depth) => HOLDING(`${'{'.repeat(depth)} await client.query(); ${'}'.repeat(depth)}`)],
  ['try and finally', (depth) => HOLDING(`${'try {'.repeat(depth)} await client.query(); ${'} finally { x(); }'.repeat(depth)}`)],
  ['loops', (depth) => HOLDING(`${'for (const y of x) {'.repeat(depth)} await client.query(); ${'}'.repeat(depth)}`)],
  ['functions', (depth) => HOLDING(`${'(() => {'.repeat(depth)} client.query(); ${'})();'.repeat(depth)}`)],
  ['callbacks', (depth) => HOLDING(`${"client.query('', (e) => {".repeat(depth)} client.query(); ${'});'.repeat(depth)}`)],
  ['classes', (depth) => HOLDING(`${'class A { m() {'.repeat(depth)} client.query(); ${'}}'.repeat(depth)}`)],
  ['brackets', (depth) => HOLDING(`await client.query(${'['.repeat(depth)}client${']'.repeat(depth)});`)],
  ['objects', (depth) => HOLDING(`await client.query(${'{ a: '.repeat(depth)}client${'}'.repeat(depth)});`)],
  ['arguments', (depth) => HOLDING(`${'x('.repeat(depth)}client${')'.repeat(depth)};`)],
  ['templates', (depth) => HOLDING(`x(${'`${'.repeat(depth)}client${'}`'.repeat(depth)});`)],
  ['conditional values', (depth) => HOLDING(`x(${'x ? client : '.repeat(depth)}1);`)],
  ['assignments', (depth) => HOLDING(`let y; ${'y = '.repeat(depth)}client;`)],
  ['patterns', (depth) => HOLDING(`const ${'{ a: '.repeat(depth)}y${'}'.repeat(depth)} = client;`)],
  ['members of the pool', (depth) => `${IMPORT}async function f() { const c = await pool${'.a'.repeat(depth)}.connect(); c.release(); }`],
  ['other names for it', (depth) => HOLDING(times(depth, (n) => `const c${n} = ${n ? `c${n - 1}` : 'client'};\n`))],
  ['other names for the pool', (depth) => `${IMPORT}const p0 = pool;\n${times(depth, (n) => `const p${n + 1} = p${n};\n`)}async function f() { const c = await p${depth}.connect(); }`],
  ['helpers that pass it on', (depth) => `${HOLDING('g0(client);')}\n${times(depth, (n) => `function g${n}(c) { return g${n + 1}(c); }\n`)}function g${depth}(c) { c.query(); }`],
  ['closures that call each other', (depth) => HOLDING(`${times(depth, (n) => `function g${n}() { g${n + 1}(); }\n`)}function g${depth}() { client.query(); } g0();`)],
];

const DEPTHS = [300, 3000];

describe('no rule throws on a huge file', () => {
  it.for(HUGE)('%s', ([, code]) => {
    expect(findThrows([{ code }, { code, file: 'file.js', espree: true }])).toEqual({ thrown: [], linted: 2 });
  });

  it.for(DEEP)('deeply nested: %s', ([, build]) => {
    for (const espree of [undefined, true] as const) {
      const inputs = DEPTHS.map((depth): Input => ({ code: build(depth), file: 'file.js', ...(espree && { espree }) }));
      const stood = inputs.slice(0, inputs.findIndex((input) => !isStood(input)) >>> 0);
      const { thrown, linted } = findThrows(stood);
      expect(thrown).toEqual([]);
      // At the edge of the stack a parser may stand the depth once, and not again.
      expect(linted).toBeGreaterThanOrEqual(Math.min(stood.length, 1));
    }
  });
});

/** Parsers, and ESLint's own traversal, give up on what is nested too deep: what they stand, we stand. */
function isStood({ code, espree }: Input): boolean {
  const config: Linter.Config = { files: ['**'], languageOptions: espree ? {} : { parser } };
  try {
    return !new Linter({ configType: 'flat' })
      .verify(code, [config], { filename: 'file.js' })
      .some(({ fatal }) => fatal);
  } catch {
    return false;
  }
}
