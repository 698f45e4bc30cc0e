import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pooledCases } from './cases.ts';
import { refused } from './refused.ts';
import { asCheckout } from './as-checkout.ts';
import { countReports } from '../repaired.ts';
import { errorsOfAll } from './types.ts';

const typed = pooledCases.filter(({ filename }) => filename.endsWith('.ts'));

describe('a checkout in place of a connection of its own', () => {
  it.for(pooledCases)('$name', ({ before, after, filename, settings }) => {
    const { output } = asCheckout(before, filename, settings);
    expect(output).toBe(after);
  });

  it.for(pooledCases)('$name: done once', ({ after, filename, settings }) => {
    expect(asCheckout(after, filename, settings).output).toBe(after);
  });

  it.for(pooledCases)('$name: on lines that end in CRLF', ({ before, after, filename, settings }) => {
    const windows = (template: string): string => template.replaceAll('\n', '\r\n');
    expect(asCheckout(windows(before), filename, settings).output).toBe(windows(after));
  });

  it.for(pooledCases.filter(({ before }) => !/new Pool/.test(before)))(
    '$name: somebody listens to what is written',
    ({ after, filename }) => {
      expect(countReports('require-error-listener', after, path.basename(filename).replace('.cjs', '.js'))).toBe(0);
    },
  );

  it('the rule misses each listener that is not written', () => {
    const { after } = pooledCases.find(({ name }) => name === 'gives back in each round') ?? { after: '' };
    for (const listener of after.match(/\n +\.on\(.*\)(?=;?\n)/g) ?? [])
      expect(countReports('require-error-listener', after.replace(listener, ''))).toBe(1);
    expect.assertions(2);
  });

  it.for(refused)('leaves %s', ([, code]) => {
    const { output, found, suggested } = asCheckout(code.slice(1));
    expect(found).toBeGreaterThan(0);
    expect(output).toBe(code.slice(1));
    expect(suggested).toEqual([]);
  });
});

describe('what is suggested', () => {
  const file = (query: string): string => `import { Client } from 'pg';
export async function run(sql) {
  const client = new Client({ host: 'db' });
  await client.connect();
  const result = await client.query(${query});
  await client.end();
  return result;
}
`;

  it.for(['sql', '`${sql} LIMIT 1`', 'texts.users', '{ text: sql }', "build('users')"])(
    'nobody can read %s',
    (query) => {
      const { output, suggested } = asCheckout(file(query), 'load.js');
      expect(output).toBe(file(query));
      expect(suggested).toHaveLength(1);
      expect(suggested[0]).toContain(`await pool.query(${query})`);
    },
  );

  it.for(["'SELECT 1'", '`SELECT ${sql}`', "{ text: 'SELECT 1', values: [sql] }", "'SELECT 1 ' + sql"])(
    '%s can be read',
    (query) => {
      expect(asCheckout(file(query), 'load.js').output).toContain(`await pool.query(${query})`);
    },
  );

  it.for([
    'SET search_path TO a',
    'SET SESSION time_zone = 0',
    'LISTEN a',
    'UNLISTEN *',
    'PREPARE a AS SELECT 1',
    'DECLARE a CURSOR FOR SELECT 1',
    'CREATE TEMPORARY TABLE a (b int)',
    'SELECT 1 INTO TEMP a',
    'SELECT pg_try_advisory_lock(1)',
    "SELECT set_config('a', 'b', false)",
    "SELECT GET_LOCK('a', 1)",
    'USE other',
    'COPY a FROM STDIN',
    'LOCK TABLES a WRITE',
    'SELECT 1; SET a = 1',
    '-- a comment\nSET a = 1',
    'BEGIN',
  ])('%s stays on its connection', (sql) => {
    const { output, suggested } = asCheckout(file(JSON.stringify(sql)), 'load.js');
    expect(output).toBe(file(JSON.stringify(sql)));
    expect(suggested).toEqual([]);
  });

  it.for([
    'UPDATE a SET b = 1',
    'SELECT pg_advisory_xact_lock(1)',
    'NOTIFY a',
    'INSERT INTO a SELECT 1',
    "SELECT set_config('a', 'b', true)",
  ])('%s does not', (sql) => {
    expect(asCheckout(file(JSON.stringify(sql)), 'load.js').output).toContain('await pool.query(');
  });
});

describe('how the options are known', () => {
  const file = (head: string, argument: string): string => `import { Client } from 'pg';
${head}
export async function run(tenant) {
  const client = new Client(${argument});
  await client.connect();
  const result = await client.query('SELECT 1');
  await client.end();
  return result;
}
`;

  it.for([
    ["import { url } from './config.js';", 'url', 'pool ??= new Pool({ connectionString: url })'],
    [
      "import { env } from './env.js';",
      'env.DATABASE_URL',
      'pool ??= new Pool({ connectionString: env.DATABASE_URL })',
    ],
    ["const url = 'postgres://db';", 'url', 'const pool = new Pool({ connectionString: url })'],
    ["const options = { host: 'db' };", 'options', 'pool ??= new Pool(options)'],
    [
      '',
      'process.env.DB ?? `postgres://db`',
      'pool ??= new Pool({ connectionString: process.env.DB ?? `postgres://db` })',
    ],
  ] as const)('%s %s', ([head, argument, wanted]) => {
    expect(asCheckout(file(head, argument), 'load.js').output).toContain(`${wanted}.on('error', console.error);`);
  });

  it('suggests where only the name says that they are options', () => {
    const code = file("import config from './config.js';", 'config');
    const { output, suggested } = asCheckout(code, 'load.js');
    expect(output).toBe(code);
    expect(suggested[0]).toContain("pool ??= new Pool(config).on('error', console.error);");
  });

  it.for([
    ["import { thing } from './config.js';", 'thing'],
    ['', 'tenant.url'],
    ["import { optionsOf } from './config.js';", 'optionsOf(tenant)'],
    ['let current = 1;\nexport const use = (one) => { current = one; };', '{ port: current }'],
  ] as const)('leaves %s %s', ([head, argument]) => {
    for (const settings of [{}, { sharedPool: { module: './src/db.js', export: 'pool' } }]) {
      if (argument === 'thing' && 'sharedPool' in settings) continue;
      const { output, suggested, found } = asCheckout(file(head, argument), 'load.js', settings);
      expect(found).toBe(1);
      expect(output).toBe(file(head, argument));
      expect(suggested).toEqual([]);
    }
  });

  it('suggests a shared pool for callbacks: it may give promises', () => {
    const code = `import mysql from 'mysql2';
export function run(callback) {
  const connection = mysql.createConnection({ host: 'db' });
  connection.query('SELECT 1', callback);
  connection.end();
}
`;
    const settings = { sharedPool: { module: './src/db.js', export: 'pool' } };
    const { output, suggested } = asCheckout(code, 'load.js', settings);
    expect(output).toBe(code);
    expect(suggested[0]).toContain("  pool.query('SELECT 1', callback);\n}");
    expect(asCheckout(code, 'load.js').output).toContain('const pool = mysql.createPool(');
  });
});

describe('types', () => {
  let errors: Map<string, string[]>;
  const nameOf = (index: number, side: string): string => `${side}-${index}.ts`;

  beforeAll(() => {
    const files = typed.flatMap(({ before, after }, index) => [
      [nameOf(index, 'before'), before] as const,
      [nameOf(index, 'after'), after] as const,
    ]);
    errors = errorsOfAll(new Map(files));
  }, 120_000);

  it.for(typed.map(({ name }, index) => [name, index] as const))('%s: none is wrong that was right', ([, index]) => {
    const left = [...(errors.get(nameOf(index, 'before')) ?? [])];
    const added = (errors.get(nameOf(index, 'after')) ?? []).filter((one) => {
      const at = left.indexOf(one);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    expect(added).toEqual([]);
  });

  it('are checked against the declarations of the drivers', () => {
    const wrong = "import { Pool } from 'pg';\nexport const pool = new Pool('postgres://db');\n";
    expect(errorsOfAll(new Map([['wrong.ts', wrong]])).get('wrong.ts')).not.toEqual([]);
  });
});
