import { describe, expect, it } from 'vitest';
import { countReports, pgFile, repaired, suggested } from '../repaired.ts';

const take = 'const client = await pool.connect();';
const read = "await client.query('SELECT 1');";

describe('a second release', () => {
  const rule = 'no-double-release';

  it('goes, with its line', () => {
    const code = pgFile(
      take,
      'try {',
      `  ${read}`,
      '} finally {',
      '  client.release();',
      '  client.release(); // again',
      '}',
    );
    expect(repaired(rule, code)).toBe(pgFile(take, 'try {', `  ${read}`, '} finally {', '  client.release();', '}'));
  });

  it('stays in finally: the first one goes', () => {
    const code = pgFile(take, 'try {', `  ${read}`, '  client.release();', '} finally {', '  client.release();', '}');
    expect(repaired(rule, code)).toBe(pgFile(take, 'try {', `  ${read}`, '} finally {', '  client.release();', '}'));
  });

  it('is a matter of choice where a catch would see it throw', () => {
    const code = pgFile(
      take,
      'try {',
      `  ${read}`,
      '  client.release();',
      '  client.release();',
      '} catch (error) {',
      '  log(error);',
      '}',
    );
    expect(repaired(rule, code)).toBe(code);
    expect(Object.keys(suggested(rule, code))).toEqual(['removeRelease']);
  });

  it('may be meant for the next connection: left alone', () => {
    const code = pgFile(
      take,
      'client.release();',
      'const next = await pool.connect();',
      'client.release();',
      'next.release();',
    );
    expect(repaired(rule, code)).toBe(code);
  });
});

describe('a late use', () => {
  const rule = 'no-use-after-release';

  it('gets its await', () => {
    const before = (word: string): string =>
      pgFile(take, 'try {', `  return ${word}client.query('SELECT 1');`, '} finally {', '  client.release();', '}');
    expect(repaired(rule, before(''))).toBe(before('await '));
  });

  it('gets its await as a suggestion where a catch would see more', () => {
    const code = pgFile(
      take,
      'try {',
      "  return client.query('SELECT 1');",
      '} catch (error) {',
      '  return null;',
      '} finally {',
      '  client.release();',
      '}',
    );
    expect(repaired(rule, code)).toBe(code);
    expect(suggested(rule, code)['addAwait']).toContain('return await client.query');
  });

  it('may come before the release', () => {
    const code = pgFile(take, 'client.release();', "return (await client.query('SELECT 1')).rows;");
    const output = pgFile(
      take,
      'try {',
      "  return (await client.query('SELECT 1')).rows;",
      '} finally {',
      '  client.release();',
      '}',
    );
    expect(repaired(rule, code)).toBe(code);
    expect(suggested(rule, code)).toEqual({ moveRelease: output });
    expect(countReports(rule, output)).toBe(0);
  });
});

describe('a transaction on the pool', () => {
  const rule = 'no-transaction-on-pool';

  it('may have one connection', () => {
    const code = pgFile(
      "await pool.query('BEGIN');",
      "await pool.query('UPDATE t SET a = 1');",
      "await pool.query('COMMIT');",
    );
    const { checkOut = '' } = suggested(rule, code);
    expect(checkOut).toBe(
      pgFile(
        take,
        'let broken;',
        'try {',
        "  await client.query('BEGIN');",
        "  await client.query('UPDATE t SET a = 1');",
        "  await client.query('COMMIT');",
        '} catch (error) {',
        "  await client.query('ROLLBACK').catch((rollbackError) => {",
        '    broken = rollbackError;',
        '  });',
        '  throw error;',
        '} finally {',
        '  client.release(broken);',
        '}',
      ),
    );
    expect(countReports('require-release', checkOut)).toBe(0);
    expect(repaired(rule, code)).toBe(code);
  });

  it('keeps its own catch', () => {
    const code = pgFile(
      'try {',
      "  await pool.query('BEGIN');",
      "  await pool.query('COMMIT');",
      '} catch (error) {',
      "  await pool.query('ROLLBACK');",
      '  throw error;',
      '}',
    );
    expect(suggested(rule, code)['checkOut']).toContain('  } finally {\n    client.release(broken);\n  }\n');
  });

  it('is left alone when a statement is not awaited', () => {
    const code = pgFile(
      "await pool.query('BEGIN');",
      "pool.query('UPDATE t SET a = 1');",
      "await pool.query('COMMIT');",
    );
    expect(suggested(rule, code)).toEqual({});
  });
});

describe('using', () => {
  const file = (...lines: readonly string[]): string =>
    pgFile(...lines)
      .replace("{ Pool } from 'pg'", "mysql from 'mysql2/promise'")
      .replace('new Pool()', 'mysql.createPool({})');
  const body = ["await client.query('SELECT 1');"];

  it('is a choice where the driver knows it', () => {
    const code = file('const client = await pool.getConnection();', ...body, 'client.release();');
    const { useUsing = '' } = suggested('require-release', code);
    expect(useUsing).toBe(file('await using client = await pool.getConnection();', ...body));
    expect(countReports('require-release', useUsing)).toBe(0);
  });

  it('is none in a transaction, nor where the driver does not know it', () => {
    const open = file(
      'const client = await pool.getConnection();',
      'await client.beginTransaction();',
      ...body,
      'await client.commit();',
      'client.release();',
    );
    expect(suggested('require-release', open)).toEqual({});
    expect(suggested('require-release', pgFile(take, ...body, 'client.release();'))).toEqual({});
  });
});
