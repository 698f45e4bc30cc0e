import { describe, expect, it } from 'vitest';
import { asCheckout } from './as-checkout.ts';
import { countReports, repaired } from '../repaired.ts';
import { differences, opened } from './world.ts';

/** A handler of a file with both drivers; the lines as they stand between its braces. */
function handler(...lines: readonly string[]): string {
  const head = ["import { Client } from 'pg';", "import { createConnection } from 'mysql2/promise';"];
  const used = head.filter((one) => lines.some((line) => line.includes(/\{ (\w+) \}/.exec(one)?.[1] ?? '')));
  const body = lines.map((line) => `  ${line}\n`).join('');
  return `${used.join('\n')}\nimport { wait, work } from './work.js';\nexport async function load(input) {\n${body}}\n`;
}

const build = "const client = new Client({ host: 'db' });";
const open = 'await client.connect();';
const end = 'await client.end();';
const read = "const { rows } = await client.query('SELECT 1');";
const write = "await client.query('UPDATE a SET b = 1');";
const closing = ['} finally {', `  ${end}`, '}'];

const cases: readonly (readonly [name: string, ...lines: string[]])[] = [
  ['one statement', build, open, read, end, 'return rows;'],
  ['one statement, never ended', build, open, read, 'return rows;'],
  ['one statement, work before it', build, open, "work('before');", read, end, 'return rows;'],
  ['one statement, waiting before it', build, open, "await wait('before');", read, end, 'return rows;'],
  ['one statement in try', build, 'try {', `  ${open}`, `  ${read}`, '  return rows;', ...closing],
  [
    'one statement, its errors caught',
    ...[build, 'try {', `  ${open}`, `  ${read}`, '  return rows;'],
    ...["} catch (error) {\n    work('caught');\n    return error.message;", ...closing],
  ],
  [
    'one statement, work in its finally',
    ...[build, open, 'try {', `  ${read}`, '  return rows;', '} finally {', `  ${end}`, "  work('closed');", '}'],
  ],
  [
    'mysql2, one statement, work in its finally',
    "const connection = await createConnection({ host: 'db' });",
    ...['try {', "  return await connection.query('SELECT 1');", '} finally {', '  await connection.end();'],
    ...["  work('closed');", '}'],
  ],
  ['one statement, returned', build, open, 'try {', "  return client.query('SELECT 1');", ...closing],
  [
    'one statement, its errors caught by a chain',
    ...[build, open, "const result = await client.query('SELECT 1').catch((error) => error.message);", end],
    'return result;',
  ],
  [
    'one statement in a chain',
    build,
    open,
    "const rows = await client.query('SELECT 1').then((one) => one.rows);",
    end,
  ],
  ['several', build, open, write, read, end, 'return rows;'],
  [
    'several, work in between and behind',
    build,
    open,
    write,
    "work('a');",
    read,
    end,
    "await wait('b');",
    'return rows;',
  ],
  ['several, never ended', build, open, write, read, 'return rows;'],
  ['several, an early exit', build, open, write, `if (input.flag) {\n    ${end}\n    return 1;\n  }`, read, end],
  ['several, kept frame', build, open, 'try {', `  ${write}`, `  ${read}`, '  return rows;', ...closing],
  ['several, opened in try', build, 'try {', `  ${open}`, `  ${write}`, `  ${read}`, '  return rows;', ...closing],
  [
    'several, their errors caught',
    ...[build, 'try {', `  ${open}`, `  ${write}`, `  ${read}`, '  return rows;'],
    ...["} catch (error) {\n    work('caught');\n    return error.message;", ...closing],
  ],
  [
    'several, work before it opens',
    ...[build, "work('first');", 'try {', "  await wait('second');", `  ${open}`, `  ${write}`, `  ${read}`],
    ...['  return rows;', '} catch (error) {\n    return error.message;', ...closing],
  ],
  ['a loop', build, open, 'for (const item of input.items) {', `  ${write}`, '}', end],
  ['one in each round', 'for (const item of input.items) {', `  ${build}`, `  ${open}`, `  ${write}`, `  ${end}`, '}'],
  [
    'a transaction',
    ...[build, open, 'try {', "  await client.query('BEGIN');", `  ${write}`, "  await client.query('COMMIT');"],
    ...["} catch (error) {\n    await client.query('ROLLBACK');\n    throw error;", ...closing],
  ],
  [
    'a transaction that answers its errors, opened in try',
    ...[build, 'try {', `  ${open}`, "  await client.query('BEGIN');", `  ${write}`, "  await client.query('COMMIT');"],
    ...["} catch (error) {\n    await client.query('ROLLBACK');\n    return error.message;", ...closing],
  ],
  ...['() => {}', '() => null', 'function (error) {}'].map(
    (handler) =>
      [
        `a transaction whose rollback fails unheard: ${handler}`,
        ...[build, open, 'try {', "  await client.query('BEGIN');", `  ${write}`, "  await client.query('COMMIT');"],
        ...['} catch (error) {', `  await client.query('ROLLBACK').catch(${handler});`, '  return error.message;'],
        ...closing,
      ] as const,
  ),
  [
    'a transaction whose rollback fails unheard, opened in try',
    ...[build, 'try {', `  ${open}`, "  await client.query('BEGIN');", `  ${write}`, "  await client.query('COMMIT');"],
    ...['} catch (error) {', "  await client.query('ROLLBACK').catch(() => {});", '  throw error;', ...closing],
  ],
  [
    'mysql2, a transaction whose rollback fails unheard',
    "const connection = await createConnection({ host: 'db' });",
    ...['try {', '  await connection.beginTransaction();', "  await connection.query('UPDATE a SET b = 1');"],
    ...['  await connection.commit();', '} catch (error) {', '  await connection.rollback().catch(() => undefined);'],
    ...['  throw error;', '} finally {', '  await connection.end();', '}'],
  ],
  [
    'built in try',
    ...['let client;', 'try {', "  client = new Client({ host: 'db' });", `  ${open}`, `  ${write}`, `  ${read}`],
    ...['  return rows;', '} finally {', '  await client?.end();', '}'],
  ],
  [
    'built and ended in try, and ended in catch',
    ...['let client;', 'try {', "  client = new Client({ host: 'db' });", `  ${open}`, `  ${write}`, `  ${read}`],
    ...[`  ${end}`, '  return rows;', '} catch (error) {', '  if (client) await client.end();', '  throw error;', '}'],
  ],
  [
    'mysql2, one statement',
    "const connection = await createConnection({ host: 'db' });",
    ...["const [rows] = await connection.execute('SELECT 1');", 'await connection.end();', 'return rows;'],
  ],
  [
    'mysql2, a transaction',
    ...[
      "const connection = await createConnection({ host: 'db' });",
      'try {',
      '  await connection.beginTransaction();',
    ],
    ...["  await connection.query('UPDATE a SET b = 1');", '  await connection.commit();', '} catch (error) {'],
    ...['  await connection.rollback();', '  throw error;', '} finally {', '  await connection.end();', '}'],
  ],
  [
    'mysql2, built in try',
    ...['let connection;', 'try {', "  connection = await createConnection({ host: 'db' });"],
    ...["  await connection.query('SELECT 1');", "  return (await connection.query('SELECT 2'))[0];"],
    ...['} catch (error) {', "  work('caught');", '} finally {', '  if (connection) await connection.end();', '}'],
  ],
];

describe('a checkout in place of a connection of its own, run with every operation failing', () => {
  it.for(cases)('%s', async ([, ...lines]) => {
    const code = handler(...lines);
    const { output } = asCheckout(code, 'load.js');
    expect(output).not.toBe(code);
    expect(await differences(code, output)).toEqual([]);
  });

  it.for(cases)('%s: after the release rule', async ([, ...lines]) => {
    const code = handler(...lines);
    const { output } = asCheckout(repaired('require-release', code, 'load.js'), 'load.js');
    expect(output).not.toContain('new Client');
    expect(await differences(code, output)).toEqual([]);
  });

  it.for(cases)('%s: before the release rule', async ([, ...lines]) => {
    const { output } = asCheckout(handler(...lines), 'load.js');
    expect(repaired('require-release', output, 'load.js')).toBe(output);
    expect(countReports('require-release', output, 'load.js')).toBe(0);
  });

  it.for(cases)('%s: fifty calls open one connection', async ([, ...lines]) => {
    const code = handler(...lines);
    expect(await opened(code, 50)).toBeGreaterThanOrEqual(50);
    expect(await opened(asCheckout(code, 'load.js').output, 50)).toBe(1);
  });

  it.for([
    ['pg', build, open, "client.query('BEGIN')", "client.query('COMMIT')", write, end],
    [
      'mysql2',
      "const client = await createConnection({ host: 'db' });",
      "work('open');",
      'client.beginTransaction()',
      'client.commit()',
      "await client.execute('UPDATE a SET b = 1');",
      end,
    ],
  ] as const)('%s: a transaction that nobody rolls back, after the release rule alone', async ([, ...lines]) => {
    const [built, opened1, begin, commit, work, ended] = lines;
    const code = handler(built, opened1, `await ${begin};`, work, `await ${commit};`, ended, 'return 1;');
    expect(asCheckout(code, 'load.js').output).toBe(code);
    const { output } = asCheckout(repaired('require-release', code, 'load.js'), 'load.js');
    expect(output).toMatch(/\.catch\(.*\{\n +broken = /);
    expect(await differences(code, output)).toEqual([]);
    expect(await differences(code, output.replace(/^ +broken = .*/m, ''))).not.toEqual([]);
    expect(await opened(output, 50)).toBe(1);
  });

  it('sees what a careless repair does', async () => {
    const [name, ...lines] = cases.find(([one]) => one === 'a transaction') ?? [''];
    const code = handler(...lines);
    const { output } = asCheckout(code, 'load.js');
    const careless = output.replace('client.release(broken)', 'client.release()');
    expect(name).toBe('a transaction');
    expect(await differences(code, careless)).not.toEqual([]);
    expect(await differences(code, output.replace('client.release(broken);', ''))).not.toEqual([]);
  });
});
