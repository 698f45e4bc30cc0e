import { describe, expect, it } from 'vitest';
import { countReports, pgFile, repaired, suggested } from '../repaired.ts';

const rule = 'require-release';

const typeorm = (body: string): string =>
  `import { DataSource } from 'typeorm';
const source = new DataSource({});
export async function load(input: Input) {
  const runner = source.createQueryRunner();
${body}}
`;

describe('an existing try begins earlier', () => {
  it('and keeps what its catch sees', () => {
    const before = typeorm(`  // take
  await runner.connect();
  await runner.startTransaction();

  try {
    await runner.manager.save(input);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
`);
    const output = repaired(rule, before, 'file.ts');
    expect(output).toBe(
      typeorm(`  try {
    // take
    await runner.connect();
    await runner.startTransaction();

    try {
      await runner.manager.save(input);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  } finally {
    await runner.release();
  }
`),
    );
    expect(countReports(rule, output, 'file.ts')).toBe(0);
  });

  it('as a whole where it has no catch', () => {
    const code = pgFile(
      'const client = await pool.connect();',
      "const first = await client.query('SELECT 1');",
      'try {',
      "  return [first, await client.query('SELECT 2')];",
      '} finally {',
      '  client.release();',
      '}',
    );
    expect(repaired(rule, code)).toBe(
      pgFile(
        'const client = await pool.connect();',
        'try {',
        "  const first = await client.query('SELECT 1');",
        "  return [first, await client.query('SELECT 2')];",
        '} finally {',
        '  client.release();',
        '}',
      ),
    );
  });

  it('not where something else may fail behind BEGIN', () => {
    const code = typeorm(`  await runner.connect();
  await runner.startTransaction();
  const rows = await runner.query('SELECT 1');
  try {
    await runner.manager.save(rows);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
`);
    expect(repaired(rule, code, 'file.ts')).toBe(code);
    expect(suggested(rule, code, 'file.ts')).toEqual({});
  });

  it('not where finally uses what would be out of its sight', () => {
    const code = pgFile(
      'const client = await pool.connect();',
      "const first = await client.query('SELECT 1');",
      'try {',
      "  await client.query('SELECT 2');",
      '} finally {',
      '  log(first);',
      '  client.release();',
      '}',
    );
    expect(repaired(rule, code)).toBe(code);
  });

  it('as a suggestion where finally does more than give back', () => {
    const code = pgFile(
      'const client = await pool.connect();',
      "await client.query('SELECT 1');",
      'try {',
      "  await client.query('SELECT 2');",
      '} finally {',
      "  log('done');",
      '  client.release();',
      '}',
    );
    expect(repaired(rule, code)).toBe(code);
    expect(Object.keys(suggested(rule, code))).toEqual(['wrapInFinally']);
  });
});
