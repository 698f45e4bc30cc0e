import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { fixed, suggestions } from '../applied.ts';

/** A route that takes a connection from a pool of its own and gives it back in `finally`. */
function route(body: readonly string[], head = ''): string {
  const lines = body.map((line) => `    ${line}\n`).join('');
  return `import { Pool } from 'pg';
${head}
app.get('/users', async (req, res) => {
  const pool = new Pool({ host: 'db' });
  const client = await pool.connect();
  try {
${lines}  } finally {
    client.release();
  }
  await pool.end();
});
`;
}

const begin = "await client.query('BEGIN');";
const work = "await client.query('SELECT 1');";
const commit = "await client.query('COMMIT');";
const rollback = "await client.query('ROLLBACK');";
const caught = (...handler: string[]): string[] => ['} catch (error) {', ...handler, 'throw error;', '}'];

const open: readonly (readonly [name: string, body: readonly string[], head?: string])[] = [
  ['nothing rolls back', [begin, work, commit]],
  ['it says START TRANSACTION', ["await client.query('START TRANSACTION');", work, commit]],
  ['its text is a constant', ['await client.query(OPEN);', work, commit], "const OPEN = 'BEGIN';"],
  ['its text holds all of it', ["await client.query('BEGIN; DELETE FROM a; DELETE FROM b; COMMIT');"]],
  ['a return leaves it open', ['try {', begin, 'if (req.query.a) return;', commit, ...caught(rollback)]],
  ['a return behind a branch does', ['try {', begin, `if (req.query.a) { ${commit} }`, 'return;', ...caught(rollback)]],
  [
    'a round of a loop does',
    ['try {', 'for (const one of all) {', begin, 'if (one) continue;', commit, '}', ...caught(rollback)],
  ],
  ['only one branch commits', ['try {', begin, `if (req.query.a) { ${commit} }`, ...caught(rollback)]],
  ['it commits in a callback', ['try {', begin, `later(async () => { ${commit} });`, ...caught(rollback)]],
  ['a statement comes between', [begin, work, 'try {', work, commit, ...caught(rollback)]],
  ['it rolls back where it likes', ['try {', begin, work, commit, ...caught(`if (error.code === 1) { ${rollback} }`)]],
  ['what comes before may throw', ['try {', begin, work, commit, ...caught('await tell(error);', rollback)]],
  ['nobody waits for its ROLLBACK', ['try {', begin, work, commit, ...caught("client.query('ROLLBACK');")]],
  ['nobody waits for its COMMIT', ['try {', begin, work, "client.query('COMMIT');", ...caught(rollback)]],
  ['another one is rolled back', ['try {', begin, work, commit, ...caught("await other.query('ROLLBACK');")]],
  ['only to a savepoint', ['try {', begin, work, commit, ...caught("await client.query('ROLLBACK TO a');")]],
  ['the next one is not committed', ['try {', begin, work, commit, begin, work, 'return;', ...caught(rollback)]],
  [
    'a helper begins',
    ['await start(client);', work, commit],
    'async function start(given) { await given.query("BEGIN"); }',
  ],
  [
    'a method of the file does',
    ['await this.start(client);'],
    'class A { async start(given) { await given.query("BEGIN"); } }',
  ],
];

const ended: readonly (readonly [name: string, body: readonly string[], head?: string])[] = [
  ['the catch rolls back', ['try {', begin, work, commit, ...caught(rollback)]],
  ['it begins in front', [begin, 'try {', work, commit, ...caught(rollback)]],
  [
    'it tells first',
    ['try {', begin, work, commit, ...caught('console.error(error);', 'req.log.error(error);', rollback)],
  ],
  [
    'its own failure is passed over',
    ['try {', begin, work, commit, ...caught("await client.query('ROLLBACK').catch(() => {});")],
  ],
  ['its own failure is caught', ['try {', begin, work, commit, ...caught(`try { ${rollback} } catch {}`)]],
  ['where there is a client', ['try {', begin, work, commit, ...caught(`if (client) { ${rollback} }`)]],
  ['a return rolls back', ['try {', begin, `if (req.query.a) { ${rollback} return; }`, commit, ...caught(rollback)]],
  ['a return waits for COMMIT', ['try {', begin, work, "return await client.query('COMMIT');", ...caught(rollback)]],
  ['a return before it', ['try {', 'if (req.query.a) return;', begin, work, commit, ...caught(rollback)]],
  [
    'each round ends',
    ['try {', 'for (const one of all) {', begin, work, commit, 'if (one) break;', '}', ...caught(rollback)],
  ],
  ['a callback returns', ['try {', begin, 'all.map(() => { return 1; });', commit, ...caught(rollback)]],
  [
    'a helper does all of it',
    ['await move(client);'],
    `async function move(client) { try { ${begin} ${commit} } catch (error) { ${rollback} throw error; } }`,
  ],
  [
    'a function that gets nothing of it',
    ['await other();', work],
    'async function other() { await client.query("BEGIN"); }',
  ],
];

describe('a pool whose connections come back', () => {
  it.for(open)('inside of a transaction stays where it is: %s', ([, body, head]) => {
    const code = route(body, head);
    expect(fixed(code, repairByHoisting)).toEqual({ output: code, left: 1 });
    expect(suggestions(code, repairByHoisting).suggested[0]).toBeUndefined();
  });

  it.for(ended)('with their transactions ended moves: %s', ([, body, head]) => {
    const { output, left } = fixed(route(body, head), repairByHoisting);
    expect(left).toBe(0);
    expect(output).toMatch(/^const pool = new Pool/m);
    expect(output).not.toContain('pool.end()');
  });

  const mysql = (maker: string, handler: string): string => `import mysql from '${maker}';

app.get('/users', async (req, res) => {
  const pool = mysql.createPool('mysql://db/app');
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    await connection.query('SELECT 1');
    await connection.commit();
  }${handler} finally {
    connection.release();
  }
  await pool.end();
});
`;
  it('by the methods of mysql2', () => {
    const handler = ' catch (error) {\n    await connection.rollback();\n    throw error;\n  }';
    const code = mysql('mysql2/promise', '');
    expect(fixed(code, repairByHoisting)).toEqual({ output: code, left: 1 });
    expect(fixed(mysql('mysql2/promise', handler), repairByHoisting).left).toBe(0);
  });

  it('unless the driver rolls back by itself: mariadb', () => {
    expect(fixed(mysql('mariadb', ''), repairByHoisting).left).toBe(0);
  });
});
