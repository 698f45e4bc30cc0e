import { describe, expect, it } from 'vitest';
import { compareOnStub, observe, type DifferenceKind } from './differential.ts';
import { chained, leaking, repaired, repairedChain, rolledBack, transaction, withCallback } from './samples.ts';

/** A proof that accepts everything proves nothing: every kind of wrong repair must be noticed. */

describe('a right repair', () => {
  it.each([
    ['try and finally', leaking, repaired],
    ['transaction', transaction, rolledBack],
    ['callback', withCallback, withCallback.replace('callback(failure)', 'done(), callback(failure)')],
    ['chain', chained, repairedChain],
  ])('%s is accepted', async (_name, original, fixed) => {
    const comparison = await compareOnStub(original, fixed, 'pg');
    expect(comparison.differences).toEqual([]);
    expect(comparison.originalLeaks).not.toEqual([]);
    expect(comparison.repairedLeaks).toEqual([]);
  });
});

interface Wrong {
  readonly name: string;
  readonly original: string;
  readonly fixed: string;
  readonly kind: DifferenceKind;
}

const wrong: readonly Wrong[] = [
  { name: 'drops the result', original: leaking, fixed: repaired.replace('return found.rows;', ''), kind: 'outcome' },
  {
    name: 'releases twice',
    original: leaking,
    fixed: repaired.replace('return found', 'client.release(); return found'),
    kind: 'released twice',
  },
  {
    name: 'swallows the error',
    original: leaking,
    fixed: repaired.replace('} finally', '} catch {} finally'),
    kind: 'outcome',
  },
  {
    name: 'replaces the error',
    original: leaking,
    fixed: repaired.replace('} finally', "} catch { throw new Error('other') } finally"),
    kind: 'outcome',
  },
  {
    name: 'releases inside an open transaction',
    original: transaction,
    fixed: rolledBack.replace("await client.query('ROLLBACK');", ''),
    kind: 'returned inside a transaction',
  },
  {
    name: 'keeps a client whose ROLLBACK failed',
    original: transaction,
    fixed: rolledBack.replace('release(failure)', 'release()'),
    kind: 'returned inside a transaction',
  },
  {
    name: 'lets the error of ROLLBACK win',
    original: transaction,
    fixed: rolledBack.replace('failure = rollbackError', 'throw rollbackError'),
    kind: 'outcome',
  },
  { name: 'leaks more', original: leaking, fixed: leaking.replace('client.release();', ''), kind: 'leaks' },
  {
    name: 'holds two at once',
    original: leaking,
    fixed: repaired.replace(
      'try {',
      'const other = await pool.connect(); other.release(); await pool.connect(); try {',
    ),
    kind: 'holds more',
  },
  {
    name: 'releases too early',
    original: leaking,
    fixed: repaired
      .replace('try {', 'client.release(); try {')
      .replace(/finally \{\s+client.release\(\);/, 'finally {'),
    kind: 'used after release',
  },
  {
    name: 'does not wait for the statement',
    original: leaking,
    fixed: repaired.replace('await client', 'client'),
    kind: 'released in flight',
  },
  {
    name: 'indents a statement',
    original: leaking,
    fixed: repaired.replace('SELECT\n', 'SELECT\n  '),
    kind: 'statements',
  },
  { name: 'runs a statement more', original: transaction, fixed: again('SELECT 2'), kind: 'statements' },
  { name: 'rolls back what went well', original: transaction, fixed: again('ROLLBACK'), kind: 'statements' },
  {
    name: 'never ends',
    original: leaking,
    fixed: repaired.replace('return', 'await new Promise(() => {}); return'),
    kind: 'hangs',
  },
  {
    name: 'tries again',
    original: leaking,
    fixed: repaired.replace('try {', 'for (;;) try {').replace('} finally', '} catch { continue } finally'),
    kind: 'outcome',
  },
  {
    name: 'answers twice',
    original: withCallback,
    fixed: withCallback.replace('return callback(failure);', '{ done(); callback(failure); return callback(failure) }'),
    kind: 'answers twice',
  },
  {
    name: 'throws where nobody can catch',
    original: withCallback,
    fixed: withCallback.replace('return callback(failure)', '{ done(); callback(failure); throw failure }'),
    kind: 'lost error',
  },
  {
    name: 'leaves a rejection without a handler',
    original: chained,
    fixed: chained
      .replace('client.release();', '')
      .replace('return running', 'running.finally(() => client.release()); return running'),
    kind: 'lost error',
  },
  { name: 'is no program', original: leaking, fixed: leaking.replace('return', 'return {'), kind: 'does not parse' },
];

function again(statement: string): string {
  return rolledBack.replace("'COMMIT');", `'COMMIT');\n    await client.query('${statement}');`);
}

describe('an error of the code itself', () => {
  const [before, after] = [transaction, rolledBack].map((text) =>
    text.replace("await client.query('COMMIT')", "if (input.bad) throw new Error('bad'); await client.query('COMMIT')"),
  ) as [string, string];

  it('may be rolled back where the transaction was left open', async () => {
    expect((await compareOnStub(before, after, 'pg')).differences).toEqual([]);
  });

  it('may not be rolled back twice', async () => {
    const [once, twice] = [before, after].map((text) =>
      text.replace('throw new', "throw (await client.query('ROLLBACK')) && new"),
    );
    const { differences } = await compareOnStub(once!, twice!, 'pg');
    expect(differences.map(({ kind }) => kind)).toContain('statements');
  });
});

describe('a wrong repair', () => {
  it.each(wrong)('that $name is noticed', async ({ original, fixed, kind }) => {
    expect(fixed).not.toBe(original);
    const { differences } = await compareOnStub(original, fixed, 'pg');
    expect(differences.map((found) => found.kind)).toContain(kind);
  });
});

describe('a ROLLBACK that fails in a catch', () => {
  const own = `
    import { pool } from './db.js';
    export async function load(input) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        if (input.bad) throw new Error('bad');
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
      client.release();
    }`;
  const keeping = own
    .replace('try {', 'let failure;\ntry {')
    .replace("query('ROLLBACK')", "query('ROLLBACK').catch((rollbackError) => { failure = rollbackError; })")
    .replace('}\n      client.release();', '} finally {\n client.release(failure);\n }');

  it('may leave the error that was caught to the caller', async () => {
    expect((await compareOnStub(own, keeping, 'pg')).differences).toEqual([]);
  });

  it.each([
    ['swallows both errors', own, keeping.replace('throw error;', '')],
    ['throws a third error', own, keeping.replace('throw error;', "throw failure ? new Error('third') : error;")],
    [
      'swallows the only error that the caller saw',
      own.replace('throw error;', "return 'gave up';"),
      keeping.replace('throw error;', "return 'gave up';"),
    ],
    [
      'runs other statements behind it',
      own,
      keeping.replace('throw error;', "if (failure) await client.query('SELECT 2'); throw error;"),
    ],
  ])('does not hide a repair that %s', async (_name, original, fixed) => {
    const { differences } = await compareOnStub(original, fixed, 'pg');
    expect(differences.filter(({ kind, when }) => isAnswer(kind) && when.includes('ROLLBACK'))).not.toEqual([]);
  });
});

function isAnswer(kind: DifferenceKind): boolean {
  return kind === 'outcome' || kind === 'statements';
}

describe('no repair', () => {
  it('shows as a leak that stays', async () => {
    const { differences, originalLeaks, repairedLeaks } = await observe(leaking, 'pg');
    expect(differences).toEqual([]);
    expect(repairedLeaks).toEqual(originalLeaks);
    expect(originalLeaks.length).toBeGreaterThan(0);
  });
});
