import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { typeErrors } from './types.ts';

/** The verdicts of the proof, on repairs written by hand: a right one, and each way to be wrong. */

const original = `import { Pool } from 'pg';
export async function load(input) {
  const pool = new Pool({ host: process.env.DB_HOST });
  try {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('INSERT 1');
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
    const { rows } = await pool.query('SELECT 1');
    return rows;
  } finally {
    await pool.end();
  }
}
`;

const right = original
  .replace('export', 'let pool;\nexport')
  .replace('const pool =', 'pool ??=')
  .replace('await pool.end();', '')
  .replace('client.release()', 'client.release(failure)')
  .replace('const client', 'let failure;\n    const client')
  .replace('() => {}', '(reason) => { failure = reason; }');

async function kindsOf(repaired: string, before = original): Promise<string[]> {
  const { differences } = await compare(before, repaired, 40);
  return [...new Set(differences.map(({ kind }) => kind))];
}

describe('the proof of the hoists', () => {
  it('accepts a right one', async () => {
    const { differences, before, after } = await compare(original, right, 60);
    expect(differences).toEqual([]);
    expect([before.built, after.built, before.opened, after.opened]).toEqual([4, 1, 4, 1]);
  });

  it('notices that the environment is read too early', async () => {
    const early = right.replace('let pool;', 'const pool = new Pool({ host: process.env.DB_HOST });');
    expect(await kindsOf(early.replace(/ {2}pool \?\?=.*\n/, ''))).toEqual(['outcome', 'statements']);
  });

  it('notices that what is shared is ended', async () => {
    const ended = right.replace('finally {\n    \n', 'finally {\n    await pool.end();\n');
    expect(await kindsOf(ended)).toContain('used after end');
  });

  it('notices that a connection is kept', async () => {
    expect(await kindsOf(right.replace('client.release(failure);', ''))).toContain('leaks');
  });

  it('notices that a connection comes back inside a transaction', async () => {
    const dirty = right.replace('client.release(failure)', 'client.release()');
    expect(await kindsOf(dirty)).toEqual(['statements']);
    expect(await kindsOf(dirty, right)).toContain('returned inside a transaction');
  });

  it('notices what belongs to one request', async () => {
    const tenant = original.replace('process.env.DB_HOST', 'input.kind');
    expect(await kindsOf(right.replace('process.env.DB_HOST', 'input.kind'), tenant)).toEqual([
      'outcome',
      'statements',
    ]);
  });

  it('notices the state of a session that another request meets', async () => {
    const set = (text: string): string => text.replace("'SELECT 1'", "'SET role_name = 1'");
    expect(await kindsOf(set(right), set(original))).toContain('seen by another request');
  });

  it('notices that loading the module opens a connection', async () => {
    const before = `import Redis from 'ioredis';
export async function load() {
  const redis = new Redis('db');
  return redis.get('a');
}
`;
    const eager = before.replace(/ {2}const redis.*\n/, '').replace('export', "const redis = new Redis('db');\nexport");
    expect(await kindsOf(eager, before)).toEqual(['opens when it is loaded']);
  });

  it('notices that connecting twice fails', async () => {
    const before = `import { createClient } from 'redis';
export async function load() {
  const client = createClient({ url: 'db' });
  await client.connect();
  const value = await client.get('a');
  await client.close();
  return value;
}
`;
    const twice = before
      .replace('export', 'let client;\nexport')
      .replace('const client =', 'client ??=')
      .replace('  await client.close();\n', '');
    expect(await kindsOf(twice, before)).toContain('outcome');
  });

  it('notices a type that no longer fits', () => {
    const typed = original.replace('(input)', '(input: Input)');
    const loose = typed.replace('const pool =', 'pool ??=').replace('export', 'let pool: Pool;\nexport');
    const errors = typeErrors([
      ['ts', typed],
      ['ts', loose.replaceAll('Pool', 'Client').replace('{ Client }', '{ Pool }')],
    ]);
    expect(errors.map((one) => one.length > 0)).toEqual([false, true]);
  });
});
