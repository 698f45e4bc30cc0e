import { describe, expect, it } from 'vitest';
import { countReports, pgFile, repaired, suggested } from '../repaired.ts';

const rule = 'require-release';
const take = 'const client = await pool.connect();';
const give = 'client.release();';
const read = "const { rows } = await client.query('SELECT 1');";

interface Repaired {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const cases: readonly Repaired[] = [
  {
    name: 'keeps the release where it stands',
    before: [take, "await client.query('SELECT 1');", give, 'return 1;'],
    after: [take, 'try {', "  await client.query('SELECT 1');", '} finally {', '  client.release();', '}', 'return 1;'],
  },
  {
    name: 'takes a light rest of the function in rather than to split a declaration',
    before: [take, read, give, 'return rows[0];'],
    after: [take, 'try {', `  ${read}`, '  return rows[0];', '} finally {', '  client.release();', '}'],
  },
  {
    name: 'declares before what is used behind a rest that waits',
    before: [take, read, give, 'await notify();', 'return rows[0];'],
    after: [
      take,
      'let rows;',
      'try {',
      "  ({ rows } = await client.query('SELECT 1'));",
      '} finally {',
      '  client.release();',
      '}',
      'await notify();',
      'return rows[0];',
    ],
  },
  {
    name: 'removes the releases of early exits',
    before: [
      take,
      read,
      'if (input.done) {',
      '  client.release();',
      '  return null;',
      '}',
      "await client.query('SELECT 2');",
      give,
    ],
    after: [
      take,
      'try {',
      `  ${read}`,
      '  if (input.done) {',
      '    return null;',
      '  }',
      "  await client.query('SELECT 2');",
      '} finally {',
      '  client.release();',
      '}',
    ],
  },
  {
    name: 'awaits what an early return leaves running',
    before: [take, "if (input.quick) return client.query('SELECT 1');", "await client.query('SELECT 2');", give],
    after: [
      take,
      'try {',
      "  if (input.quick) return await client.query('SELECT 1');",
      "  await client.query('SELECT 2');",
      '} finally {',
      '  client.release();',
      '}',
    ],
  },
  {
    name: 'writes the release that is nowhere',
    before: [take, read, 'return rows;'],
    after: [take, 'try {', `  ${read}`, '  return rows;', '} finally {', '  client.release();', '}'],
  },
  {
    name: 'gives back in both branches and in one alike',
    before: [
      take,
      'if (input.flag) {',
      "  await client.query('SELECT 1');",
      '  client.release();',
      '} else {',
      '  client.release();',
      '}',
    ],
    after: [
      take,
      'try {',
      '  if (input.flag) {',
      "    await client.query('SELECT 1');",
      '  }',
      '} finally {',
      '  client.release();',
      '}',
    ],
  },
  {
    name: 'adds finally to a try that the code has',
    before: [
      take,
      'try {',
      `  ${read}`,
      '  client.release();',
      '  return rows;',
      '} catch (error) {',
      '  log(error);',
      '}',
    ],
    after: [
      take,
      'try {',
      `  ${read}`,
      '  return rows;',
      '} catch (error) {',
      '  log(error);',
      '} finally {',
      '  client.release();',
      '}',
    ],
  },
  {
    name: 'leaves what cannot fail, and a check for the connection, before the try',
    before: [
      take,
      'if (!client) return null;',
      'let total = 0;',
      "total += (await client.query('SELECT 1')).rowCount;",
      give,
      'return total;',
    ],
    after: [
      take,
      'if (!client) return null;',
      'let total = 0;',
      'try {',
      "  total += (await client.query('SELECT 1')).rowCount;",
      '} finally {',
      '  client.release();',
      '}',
      'return total;',
    ],
  },
  {
    name: 'keeps comments and blank lines',
    before: [
      take,
      '',
      '// read',
      read,
      '',
      '// give back',
      'client.release(); // at once',
      'await notify(rows.length ? 1 : 2);',
    ],
    after: [
      take,
      '',
      'let rows;',
      'try {',
      '  // read',
      "  ({ rows } = await client.query('SELECT 1'));",
      '} finally {',
      '  // give back',
      '  client.release(); // at once',
      '}',
      'await notify(rows.length ? 1 : 2);',
    ],
  },
  {
    name: 'does not indent inside a template',
    before: [take, 'await client.query(`', '  SELECT 1', '`);', give],
    after: [take, 'try {', '  await client.query(`', '  SELECT 1', '`);', '} finally {', '  client.release();', '}'],
  },
  {
    name: 'repairs each turn of a loop',
    before: [
      'for (const item of input) {',
      `  ${take}`,
      "  await client.query('SELECT 1');",
      '  if (item) continue;',
      `  ${give}`,
      '}',
    ],
    after: [
      'for (const item of input) {',
      `  ${take}`,
      '  try {',
      "    await client.query('SELECT 1');",
      '    if (item) continue;',
      '  } finally {',
      '    client.release();',
      '  }',
      '}',
    ],
  },
  {
    name: 'repairs two connections, the outer one first',
    before: [take, 'const other = await pool.connect();', "await other.query('SELECT 1');", 'other.release();', give],
    after: [
      take,
      'try {',
      '  const other = await pool.connect();',
      '  try {',
      "    await other.query('SELECT 1');",
      '  } finally {',
      '    other.release();',
      '  }',
      '} finally {',
      '  client.release();',
      '}',
    ],
  },
];

describe('wrap in finally', () => {
  it.for(cases)('$name', ({ before, after }) => {
    const output = repaired(rule, pgFile(...before));
    expect(output.replaceAll(/^ +$/gm, '')).toBe(pgFile(...after).replaceAll(/^ +$/gm, ''));
    expect(countReports(rule, output)).toBe(0);
  });

  it('keeps tabs and the ends of lines', () => {
    const before = pgFile(take, "await client.query('SELECT 1');", give);
    const style = (text: string): string => text.replaceAll('  ', '\t').replaceAll('\n', '\r\n');
    const after = pgFile(take, 'try {', "  await client.query('SELECT 1');", '} finally {', '  client.release();', '}');
    expect(repaired(rule, style(before))).toBe(style(after));
  });

  it('keeps to a style without semicolons', () => {
    const before = pgFile(
      take,
      'const [first] = await client.query("SELECT 1")',
      give,
      'await notify()',
      'return first',
    );
    const after = pgFile(
      take,
      'let first',
      'try {',
      '  ;[first] = await client.query("SELECT 1")',
      '} finally {',
      '  client.release()',
      '}',
      'await notify()',
      'return first',
    );
    expect(repaired(rule, before.replaceAll(';', ''))).toBe(after.replaceAll(/;$/gm, ''));
  });

  it('stays on one line', () => {
    const before = pgFile(`${take} await client.query('SELECT 1'); ${give}`);
    expect(repaired(rule, before)).toBe(pgFile(`${take} try { await client.query('SELECT 1'); } finally { ${give} }`));
  });

  it('keeps the types of what it declares before', () => {
    const before = pgFile(
      take,
      "const found: Row = await client.query('SELECT 1');",
      give,
      'await notify();',
      'return found;',
    );
    expect(repaired(rule, before, 'file.ts')).toContain(
      "  let found: Row;\n  try {\n    found = await client.query('SELECT 1');\n",
    );
  });
});

const refusals: readonly (readonly [string, readonly string[]])[] = [
  ['a connection that is returned on one path', [take, read, 'if (rows.length) return client;', give]],
  ['a connection that is kept', [take, 'input.client = client;', read, give]],
  ['a function that is kept', [take, 'input.later = () => client.query("SELECT 1");', read, give]],
  [
    'a statement that runs on',
    [take, "const running = client.query('SELECT 1');", 'await notify();', 'await running;', give],
  ],
  ['a release with an argument', [take, read, 'client.release(input.error);']],
  ['a release as part of an expression', [take, read, 'input.flag && client.release();']],
  [
    'another connection that is given back later',
    [
      take,
      'const other = await pool.connect();',
      read,
      give,
      'await other.query("SELECT 1");',
      'other.release();',
      'await notify();',
    ],
  ],
  [
    'work between an early release and the exit',
    [take, read, 'if (input.flag) {', '  client.release();', '  await notify();', '  return;', '}', give],
  ],
];

describe('nothing is written for', () => {
  it.for(refusals)('%s', ([, lines]) => {
    const code = pgFile(...lines);
    const output = repaired(rule, code);
    // Another connection of the same function may be repaired; this one stays as it is.
    expect(output).toContain(`  ${take}\n  ${lines[1] ?? ''}`);
    expect(suggested(rule, code)).toEqual({});
  });

  it('a closure that would lose its types', () => {
    const code = pgFile(take, read, 'const show = () => rows[0];', give, 'await notify(show);');
    expect(repaired(rule, code, 'file.ts')).toBe(code);
    expect(repaired(rule, code, 'file.js')).toContain('finally');
  });
});

describe('suggested, not written', () => {
  it.for([
    'SET search_path TO other',
    'SELECT 1; SET search_path TO other',
    'USE other',
    "SELECT set_config('search_path', 'other', false)",
  ])('is a finally behind what stays on the connection: %s', (sql) => {
    const code = pgFile(take, `await client.query(${JSON.stringify(sql)});`, give);
    expect(repaired(rule, code)).toBe(code);
    expect(Object.keys(suggested(rule, code))).toEqual(['wrapInFinally']);
  });
});
