import { describe, expect, it } from 'vitest';
import { countReports, pgFile, repaired } from './repaired.ts';

const rule = 'require-release';
const take = 'const client = await pool.connect();';
const begin = "await client.query('BEGIN');";
const work = "await client.query('UPDATE t SET a = 1');";
const commit = "await client.query('COMMIT');";

const caught = [
  '} catch (error) {',
  "  await client.query('ROLLBACK').catch((rollbackError) => {",
  '    broken = rollbackError;',
  '  });',
  '  throw error;',
  '} finally {',
  '  client.release(broken);',
  '}',
];

describe('a transaction in between', () => {
  it('is rolled back, and its connection closed when that fails', () => {
    const output = repaired(rule, pgFile(take, begin, work, commit, 'client.release();'));
    expect(output).toBe(pgFile(take, 'let broken;', 'try {', `  ${begin}`, `  ${work}`, `  ${commit}`, ...caught));
    expect(countReports(rule, output)).toBe(0);
  });

  it('gets a type in TypeScript and a name that is free', () => {
    const code = pgFile('const broken = 1;', take, begin, work, commit, 'client.release();', 'return broken;');
    expect(repaired(rule, code, 'file.ts')).toContain('let broken2: Error | undefined;');
  });

  it('is rolled back by the methods of mysql2, which destroys', () => {
    const code = `import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
export async function load() {
  const connection = await pool.getConnection();
  await connection.beginTransaction();
  await connection.execute('UPDATE t SET a = 1');
  await connection.commit();
  connection.release();
}
`;
    const output = repaired(rule, code);
    expect(output).toContain(`  } catch (error) {
    await connection.rollback().catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    if (broken) connection.destroy();
    else connection.release();
  }
`);
    expect(countReports(rule, output)).toBe(0);
  });

  it('keeps the ROLLBACK of the code, whose own failure no longer hides the first error', () => {
    const code = pgFile(
      take,
      'try {',
      `  ${begin}`,
      `  ${work}`,
      `  ${commit}`,
      '} catch (error) {',
      "  await client.query('ROLLBACK');",
      '  throw error;',
      '}',
      'client.release();',
    );
    expect(repaired(rule, code)).toBe(
      pgFile(take, 'let broken;', 'try {', `  ${begin}`, `  ${work}`, `  ${commit}`, ...caught),
    );
  });

  it('still rejects where the catch of the code swallows and its ROLLBACK fails', () => {
    const code = pgFile(
      take,
      'try {',
      `  ${begin}`,
      `  ${commit}`,
      '} catch (error) {',
      "  await client.query('ROLLBACK');",
      '}',
      'client.release();',
    );
    expect(repaired(rule, code)).toContain('      broken = rollbackError;\n      throw rollbackError;\n');
  });

  it('is rolled back in a catch of the code that forgets it', () => {
    const code = pgFile(
      take,
      'try {',
      `  ${begin}`,
      `  ${work}`,
      `  ${commit}`,
      '  client.release();',
      '} catch (error) {',
      '  console.error(error);',
      '}',
    );
    expect(repaired(rule, code)).toBe(
      pgFile(
        take,
        'let broken;',
        'try {',
        `  ${begin}`,
        `  ${work}`,
        `  ${commit}`,
        '} catch (error) {',
        "  await client.query('ROLLBACK').catch((rollbackError) => {",
        '    broken = rollbackError;',
        '  });',
        '  console.error(error);',
        '} finally {',
        '  client.release(broken);',
        '}',
      ),
    );
  });

  it('is left alone when a return leaves it open', () => {
    const code = pgFile(take, begin, 'if (input.flag) return null;', work, commit, 'client.release();');
    expect(repaired(rule, code)).toBe(code);
  });

  it('may begin in a function that gets the connection: left alone', () => {
    const code = pgFile(
      `const run = async (held) => { await held.query('BEGIN'); await held.query('COMMIT'); };`,
      take,
      'await input.each(client);',
      'client.release();',
    );
    expect(repaired(rule, code)).toBe(code);
  });
});

const knexFile = (body: string): string =>
  `import knexFactory from 'knex';\nconst knex = knexFactory({});\nexport async function load(input) {\n${body}}\n`;

describe('where giving back is to commit or to roll back', () => {
  it('a catch rolls back', () => {
    const output = repaired(
      rule,
      knexFile("  const trx = await knex.transaction();\n  await trx('users').insert(input);\n  await trx.commit();\n"),
    );
    expect(output).toBe(
      knexFile(`  const trx = await knex.transaction();
  try {
    await trx('users').insert(input);
    await trx.commit();
  } catch (error) {
    await trx.rollback().catch(() => {});
    throw error;
  }
`),
    );
    expect(countReports(rule, output)).toBe(0);
  });

  it('the catch of the code rolls back', () => {
    const body = (rollback: string): string => `  const trx = await knex.transaction();
  try {
    await trx('users').insert(input);
    await trx.commit();
  } catch (error) {
${rollback}    console.error(error);
  }
`;
    expect(repaired(rule, knexFile(body('')))).toBe(knexFile(body('    await trx.rollback().catch(() => {});\n')));
  });

  it('nobody but the author knows what an early return means', () => {
    const code = knexFile(
      "  const trx = await knex.transaction();\n  if (input.flag) return null;\n  await trx('users').insert(input);\n  await trx.commit();\n",
    );
    expect(repaired(rule, code)).toBe(code);
  });

  it('nothing is written where neither is called', () => {
    const code = knexFile("  const trx = await knex.transaction();\n  await trx('users').insert(input);\n");
    expect(repaired(rule, code)).toBe(code);
  });
});
