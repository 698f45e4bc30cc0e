import { describe, expect, it } from 'vitest';
import { countReports, pgFile, repaired } from '../repaired.ts';

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

  it('is not rolled back twice where the code does so before it throws', () => {
    const leave = [
      'if (input.bad) {',
      "  await client.query('ROLLBACK');",
      '  client.release();',
      '  throw input.bad;',
      '}',
    ];
    const output = repaired(rule, pgFile(take, begin, ...leave, commit, 'client.release();'));
    const left = ['  if (input.bad) {', '    throw input.bad;', '  }'];
    expect(output).toBe(pgFile(take, 'let broken;', 'try {', `  ${begin}`, ...left, `  ${commit}`, ...caught));
  });

  it.each([
    ['something else stands between', ['await client.query(`ROLLBACK`);', 'log();', 'throw input.bad;']],
    [
      'a finally runs in between',
      ['try {', 'await client.query(`ROLLBACK`);', 'throw input.bad;', '} finally { log(); }'],
    ],
  ])('is left alone where %s', (_name, leave) => {
    const code = pgFile(take, begin, 'if (input.bad) {', ...leave, '}', commit, 'client.release();');
    expect(repaired(rule, code)).toBe(code);
    expect(countReports(rule, code)).toBe(1);
  });

  it('is rolled back by the catch that sees the COMMIT, not by one inside', () => {
    const own = ['} catch (error) {', "  await client.query('ROLLBACK');", '  throw error;', '}'];
    const inner = ['try {', `  ${work}`, ...own];
    const code = pgFile(take, 'try {', `  ${begin}`, ...inner, commit, ...own, 'client.release();');
    const output = repaired(rule, code);
    expect(output.match(/ROLLBACK/g)).toHaveLength(2);
    expect(output).toContain(`${caught.slice(0, -3).join('\n  ')}\n`);
  });

  it('takes the comments of the release along, once', () => {
    const give = ['// done', '/* back */ client.release(); // free'];
    const output = repaired(rule, pgFile(take, begin, commit, ...give));
    expect(output).toContain('  } finally {\n    // done\n    /* back */ client.release(broken); // free\n  }\n');
    expect(output.match(/done/g)).toHaveLength(1);
  });

  it.each([
    ['mariadb', 'mariadb', 'beginTransaction'],
    ['oracledb', 'oracledb', 'beginSessionlessTransaction'],
  ])('needs no ROLLBACK with %s, whose release rolls back', (_name, module, method) => {
    const code = `import driver from '${module}';
const pool = await driver.createPool({});
export async function load() {
  const connection = await pool.getConnection();
  await connection.${method}();
  await connection.execute('UPDATE t SET a = 1');
  await connection.commit();
  await connection.release();
}
`;
    const output = repaired(rule, code);
    expect(output).toContain('  } finally {\n    await connection.release();\n  }\n');
    expect(output).not.toContain('catch');
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
