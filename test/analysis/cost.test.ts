import * as parser from '@typescript-eslint/parser';
import { SourceCode } from 'eslint';
import { describe, expect, it } from 'vitest';
import { fileFacts } from '../../src/analysis/index.ts';

/**
 * The cost of the analysis, counted and never timed: `steps` are the interpreter's, `looks` are the scopes asked for
 * and the nodes opened everywhere else. When the code doubles, neither grows more than 2.2-fold.
 */
const GROWTH = 2.2;

interface Cost {
  readonly steps: number;
  readonly looks: number;
  readonly checkouts: number;
}

/** Without a linter: its own analysis of code paths is exponential where `finally` nests. */
function costOf(code: string): Cost {
  const { ast, scopeManager, visitorKeys, services } = parser.parseForESLint(code, { range: true, loc: true, tokens: true, comment: true, sourceType: 'module' }); // prettier-ignore
  const parsed = { text: code, ast, scopeManager, visitorKeys, parserServices: services };
  setParents(ast, visitorKeys);
  return count(new SourceCode(parsed as unknown as SourceCode.Config));
}

function setParents(root: object, visitorKeys: Readonly<Record<string, readonly string[] | undefined>>): void {
  const queue = [root as Record<string, unknown>];
  for (let node = queue.pop(); node; node = queue.pop()) {
    const children = (visitorKeys[node['type'] as string] ?? []).flatMap((key) => node?.[key] ?? []);
    for (const child of children as (Record<string, unknown> | null)[]) {
      if (child) queue.push(Object.assign(child, { parent: node }));
    }
  }
}

/** Puts a counter before the two things that the analysis asks a file for again and again. */
function count(sourceCode: SourceCode): Cost {
  let looks = 0;
  const counted = Object.create(sourceCode, {
    getScope: {
      value(node: Parameters<SourceCode['getScope']>[0]) {
        looks++;
        return sourceCode.getScope(node);
      },
    },
    visitorKeys: {
      get() {
        looks++;
        return sourceCode.visitorKeys;
      },
    },
  }) as unknown as Parameters<typeof fileFacts>[0]['sourceCode'];
  const facts = fileFacts({ sourceCode: counted, settings: {}, filename: 'file.ts' } as Parameters<
    typeof fileFacts
  >[0]);
  return { steps: facts.steps, looks, checkouts: facts.verdicts.length };
}

const times = (count: number, one: (index: number) => string, separator = '\n'): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(separator);
const around = (count: number, before: string, inside: string, after: string): string =>
  before.repeat(count) + inside + after.repeat(count);
const file = (body: string): string => `import { Pool } from 'pg';\nconst pool = new Pool();\n${body}`;
const held = (body: string): string =>
  file(`async function f(x, y) { const client = await pool.connect(); ${body}\n client.release(); }`);

type Shape = readonly [name: string, largest: number, build: (size: number) => string];

// prettier-ignore
const STATEMENTS: readonly Shape[] = [
  ['statements while it is held', 5000, (n) => held(times(n, (i) => `await client.query(${i});`))],
  ['statements that cannot throw', 5000, (n) => held(times(n, (i) => `x = ${i};`))],
  ['statements after it was given back', 5000, (n) => held(`client.release(); ${times(n, (i) => `y(x, ${i});`)}`)],
  ['statements in a try with a finally', 5000, (n) => held(`try { ${times(n, (i) => `await client.query(${i});`)} } finally { x(); }`)],
  ['statements before it is taken', 5000, (n) => file(`async function f(x) { ${times(n, (i) => `await x(${i});`)} const client = await pool.connect(); client.release(); }`)],
  ['statements at the top of the file', 5000, (n) => file(`${times(n, (i) => `console.log(${i});`)}\nasync function f() { const client = await pool.connect(); await client.query(1); client.release(); }`)],
  ['early returns', 5000, (n) => held(times(n, (i) => `if (x === ${i}) return;`))],
  ['early returns that give back', 5000, (n) => held(times(n, (i) => `if (x === ${i}) { client.release(); return; }`))],
  ['branches one after another', 5000, (n) => held(times(n, (i) => `if (x.a${i}) { await client.query(); } else { y(); }`))],
  ['branches on one flag', 2000, (n) => held(times(n, () => `if (x) { y = true; } if (y) { await client.query(); }`))],
  ['loops one after another', 2000, (n) => held(times(n, () => `for (const one of x) { if (one) continue; await client.query(one); }`))],
  ['try and catch one after another', 2000, (n) => held(times(n, () => `try { await client.query(); } catch (error) { y(error); }`))],
  ['try and finally one after another', 2000, (n) => held(times(n, () => `try { await client.query(); } finally { y(); }`))],
  ['cases of a switch', 2000, (n) => held(`switch (x) { ${times(n, (i) => `case ${i}: await client.query(); ${i % 2 ? 'break;' : ''}`)} }`)],
  ['callbacks one after another', 2000, (n) => held(times(n, () => `x.forEach(async (one) => { await client.query(one); });`))],
  ['helpers that get it', 1000, (n) => held(times(n, (i) => `async function h${i}(c) { await c.query(); }\nawait h${i}(client);`))],
  ['calls of one helper', 2000, (n) => held(`async function h(c) { await c.query(); }\n${times(n, () => `await h(client);`)}`)],
  ['calls of one closure', 2000, (n) => held(`const h = async () => { await client.query(); };\n${times(n, () => `await h();`)}`)],
  ['names for it', 2000, (n) => held(times(n, (i) => `const c${i} = ${i ? `c${i - 1}` : 'client'};`))],
  ['values of a variable', 2000, (n) => file(`async function f(q) { let x = pool; ${times(n, (i) => `x = x.where(${i});`)} const c = await x.connect(); c.release(); }`)],
  ['releases', 2000, (n) => held(times(n, (i) => `if (x === ${i}) { client.release(); }`))],
  ['arguments', 5000, (n) => held(`await client.query(${times(n, (i) => `x.a${i}`, ', ')});`)],
  ['transaction statements through a pool', 2000, (n) => file(`async function f() { ${times(n, () => `await pool.query('BEGIN');`)} }`)],
];

// prettier-ignore
const CHECKOUTS: readonly Shape[] = [
  ['functions with a checkout each', 1000, (n) => file(times(n, (i) => `async function f${i}(x) { const client = await pool.connect(); await client.query(x); client.release(); }`))],
  ['checkouts in one function', 400, (n) => file(`async function f(x) { ${times(n, (i) => `const c${i} = await pool.connect(); await c${i}.query(); c${i}.release();`)} }`)],
  ['checkouts in blocks of one function', 400, (n) => file(`async function f(x) { ${times(n, () => `{ const c = await pool.connect(); await c.query(); c.release(); }`)} }`)],
  ['checkouts into one variable', 400, (n) => file(`async function f() { let c; ${times(n, () => `c = await pool.connect(); await c.query(); c.release();`)} }`)],
  ['methods with a checkout each', 1000, (n) => file(`class S { ${times(n, (i) => `async m${i}(x) { const client = await this.open(); try { await client.query(x); } finally { client.release(); } }`)} async open() { return pool.connect(); } }`)],
  ['callbacks that get one', 1000, (n) => file(times(n, (i) => `pool.connect((err, client, done) => { if (err) return; client.query(${i}, (e, r) => { done(); }); });`))],
];

// prettier-ignore
const NESTING: readonly Shape[] = [
  ['branches', 200, (n) => held(around(n, 'if (x()) { await client.query();', '', '}'))],
  ['branches with both sides', 200, (n) => held(around(n, 'if (x()) { await client.query(); } else {', '', '}'))],
  ['branches on different names', 200, (n) => held(`${times(n, (i) => `if (x.a${i}) {`)} client.release(); return; ${'}'.repeat(n)}`)],
  ['else-ifs', 200, (n) => held(`${times(n, (i) => `if (x === ${i}) { await client.query(); }`, ' else ')}`)],
  ['else-ifs that leave', 200, (n) => held(`${times(n, (i) => `if (x === ${i}) { client.release(); return; }`, ' else ')}`)],
  ['try and finally', 200, (n) => held(around(n, 'try { await client.query();', '', '} finally { await x(); }'))],
  ['try and finally, nested in finally', 200, (n) => held(around(n, 'try { await client.query(); } finally {', '', '}'))],
  ['try, catch and finally', 200, (n) => held(around(n, 'try { await client.query();', 'return;', '} catch (e) { await x(e); } finally { await y(); }'))],
  ['try and catch, nested in catch', 200, (n) => held(around(n, 'try { await client.query(); } catch (e) {', '', '}'))],
  ['finally that gives back when held', 200, (n) => held(around(n, 'try { await client.query();', '', '} finally { if (x) { client.release(); } }'))],
  ['loops', 100, (n) => held(around(n, 'for (const one of x) { await client.query();', '', 'if (y) continue; }'))],
  ['endless loops that break', 100, (n) => held(around(n, 'while (true) { await client.query();', '', 'if (x) break; }'))],
  ['loops that take and give back', 100, (n) => file(`async function f(x) { let client; ${around(n, 'for (const one of x) {', 'client = await pool.connect(); await client.query(); client.release();', '}')} }`)],
  ['labelled loops', 100, (n) => held(`${times(n, (i) => `l${i}: for (;;) {`)} await client.query(); if (x) break l0; ${times(n, (i) => `if (y) continue l${n - 1 - i}; }`)}`)],
  ['switches', 100, (n) => held(around(n, 'switch (x()) { case 1: await client.query(); default:', '', '}'))],
  ['callbacks', 50, (n) => held(around(n, "client.query('a', (err) => { if (err) return;", '', '});'))],
  ['callbacks that call twice', 50, (n) => held(around(n, 'x.forEach((one) => { y(one);', 'client.query();', '});'))],
  ['closures that are called', 50, (n) => held(`${times(n, (i) => `const g${i} = async () => {`)} await client.query(); ${times(n, (i) => `}; await g${n - 1 - i}(); await g${n - 1 - i}();`)}`)],
  ['helpers that call the next one twice', 16, (n) => held(`${times(n, (i) => `async function h${i}(c) { ${i + 1 < n ? `await h${i + 1}(c); await h${i + 1}(c);` : 'await c.query();'} }`)}\nawait h0(client);`)],
  ['closures that call the next one twice', 16, (n) => held(`${times(n, (i) => `async function h${i}() { ${i + 1 < n ? `await h${i + 1}(); await h${i + 1}();` : 'await client.query();'} }`)}\nawait h0();`)],
  ['links of a promise', 200, (n) => file(`function f(x) { return pool.connect().then((client) => client.query()${times(n, (i) => `.then((r) => client.query(r, ${i}))`)}.finally(() => client.release())); }`)],
  ['links with both sides', 200, (n) => file(`function f(x) { return pool.connect().then((client) => client.query()${times(n, (i) => `.then((r) => client.query(${i}), (e) => client.query(e))`)}.finally(() => client.release())); }`)],
  ['links that end in finally', 200, (n) => file(`function f(x) { return pool.connect().then((client) => client.query()${times(n, () => `.finally(() => x())`)}.then(() => client.release())); }`)],
  ['promises in promises', 50, (n) => file(`function f(x) { return pool.connect().then((client) => ${around(n, 'client.query().then((r) => ', 'client.release()', ')')}); }`)],
  ['sums', 200, (n) => held(`await client.query(${times(n, (i) => `x(${i})`, ' + ')});`)],
  ['conditions with &&', 200, (n) => held(`if (${times(n, (i) => `x(${i})`, ' && ')}) return;`)],
  ['conditions with && and ||', 200, (n) => held(`if (${times(n, (i) => `(x(${i}) || y(${i}))`, ' && ')}) return;`)],
  ['conditions in conditions', 200, (n) => held(`x(${times(n, (i) => `y(${i}) ? x : `, '')} y);`)],
  ['members', 200, (n) => held(`x(y${times(n, (i) => `.a${i}`, '')});`)],
  ['calls on the result', 200, (n) => held(`await client${times(n, (i) => `.query(${i})`, '')};`)],
  ['calls in arguments', 200, (n) => held(`await client.query(${around(n, 'x(', 'y', ')')});`)],
  ['functions around', 50, (n) => file(around(n, 'function f() {', 'async function g() { const c = await pool.connect(); await c.query(); c.release(); }', '}'))],
];

/** What is printed when a test fails: the first size at which the growth is too much. */
function findGrowth([, largest, build]: Shape): string | undefined {
  let before = costOf(build(Math.max(1, Math.ceil(largest / 8))));
  for (const size of [4, 2, 1].map((part) => Math.max(2, Math.ceil(largest / part)))) {
    const after = costOf(build(size));
    for (const kind of ['steps', 'looks'] as const) {
      const growth = after[kind] / Math.max(1, before[kind]);
      if (growth > GROWTH) return `${kind} ${before[kind]} → ${after[kind]} at ${size}: ${growth.toFixed(1)}-fold`;
    }
    before = after;
  }
  return undefined;
}

describe('the cost doubles with', () => {
  it.for([...STATEMENTS, ...CHECKOUTS])('$0', (shape) => {
    expect(findGrowth(shape)).toBeUndefined();
  });
});

describe('the cost doubles with the depth of', () => {
  it.for(NESTING)('$0', (shape) => {
    expect(findGrowth(shape)).toBeUndefined();
  });
});

describe('what is counted', () => {
  it('is of a connection that is followed', () => {
    const small = [...STATEMENTS, ...NESTING].map(([name, , build]) => ({ name, ...costOf(build(3)) }));
    const unseen = small.filter(({ name, checkouts }) => checkouts === 0 && !name.includes('through a pool'));
    expect(unseen.map(({ name }) => name)).toEqual([]);
  });
});
