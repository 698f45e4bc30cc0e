import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { fixed, suggestions } from '../applied.ts';

/** A route that hands what it builds to a function of the file. */
function route(built: string, end: string, ...helpers: string[]): string {
  return `import Redis from 'ioredis';
import { Pool } from 'pg';

${helpers.join('\n')}

app.get('/users', async (req, res) => {
  const value = ${built};
  res.json(await ask(value, req.body));
  await value.${end}();
});
`;
}

const pool = "new Pool({ host: 'db' })";
const redis = "new Redis('redis://db')";

const bound: readonly (readonly [name: string, built: string, end: string, ...helpers: string[]])[] = [
  ['keeps a setting', pool, 'end', "async function ask(given) { await given.query('SET app.user = 1'); }"],
  ['listens', pool, 'end', "const ask = async (given) => { await given.query('LISTEN changes'); };"],
  [
    'hands it to one that keeps a lock',
    pool,
    'end',
    'async function ask(given) { await lock(given); }',
    "async function lock(given) { await given.query('SELECT pg_advisory_lock(1)'); }",
  ],
  [
    'hands it to one that ends it',
    pool,
    'end',
    'async function ask(given) { await finally_(given); }',
    'async function finally_(given) { await given.end(); }',
  ],
  [
    'selects another database',
    redis,
    'quit',
    "async function ask(given) { await given.select(2); return given.get('a'); }",
  ],
  ['subscribes', redis, 'quit', "async function ask(given) { await given.subscribe('news'); }"],
];

const plain: readonly (readonly [name: string, built: string, end: string, ...helpers: string[]])[] = [
  ['asks', pool, 'end', "async function ask(given) { return given.query('SELECT 1'); }"],
  ['ends an answer', pool, 'end', "async function ask(given, res) { await given.query('SELECT 1'); res.end(); }"],
  ['gets a key', redis, 'quit', "async function ask(given) { return given.get('selected'); }"],
];

describe('what is handed to a helper that', () => {
  it.for(bound)('%s stays where it is', ([, ...given]) => {
    const code = route(...given);
    expect(fixed(code, repairByHoisting)).toEqual({ output: code, left: 1 });
    expect(suggestions(code, repairByHoisting).suggested[0]).toBeUndefined();
  });

  it.for(plain)('%s moves', ([, ...given]) => {
    const { output, left } = fixed(route(...given), repairByHoisting);
    expect(left).toBe(0);
    expect(output).toMatch(/^(?:const|let) value\b/m);
  });
});

describe('the connections that a helper takes from the pool', () => {
  const listening = ".on('connect', (each) => each.on('error', console.error))";
  const takes =
    "async function ask(given) { const one = await given.connect(); try { await one.query('SELECT 1'); } finally { one.release(); } }";

  it('have a listener', () => {
    expect(fixed(route(pool, 'end', takes), repairByHoisting).output).toContain(listening);
    const inner = route(pool, 'end', 'const ask = (given) => load(given);', takes.replace('ask', 'load'));
    expect(fixed(inner, repairByHoisting).output).toContain(listening);
  });

  it('have one where it goes to others as a pool', () => {
    const code = route(pool, 'end', '').replace('ask(value, req.body)', 'run({ pool: value })');
    expect(fixed(code, repairByHoisting).output).toContain(listening);
  });

  it('need none where none is taken', () => {
    const asks = "async function ask(given) { return given.query('SELECT 1'); }";
    const { output } = fixed(route(pool, 'end', asks), repairByHoisting);
    expect(output).toContain(".on('error', console.error)");
    expect(output).not.toContain("'connect'");
  });
});
