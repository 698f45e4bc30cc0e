import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/index.ts';
import { imports } from '../rules/marked.ts';
import { mistakes } from './mistakes.ts';

/** A policy meets the rules: a wrong one stops the run, a right one is in the words of every message. */

const lint = (code: string, policy?: unknown) =>
  new Linter({ configType: 'flat' }).verify(
    code,
    [
      { files: ['**'], languageOptions: { parser }, settings: { pool: policy === undefined ? {} : { policy } } },
      plugin.configs.all,
    ],
    { filename: 'file.ts' },
  );

const CODE = "import { Pool } from 'pg';\nexport const pool = new Pool({ max: Infinity, connectionLimit: 5 });\n";

const errorOf = (policy: unknown): unknown => {
  try {
    return lint(CODE, policy);
  } catch (error) {
    return error;
  }
};

describe('a wrong policy', () => {
  it.for(mistakes)('stops the run with one clear sentence: $name', ({ policy, says }) => {
    const sentence = says.startsWith('ROOT')
      ? says.replace('ROOT', 'settings.pool.policy')
      : `settings.pool.policy.${says}`;
    const error = errorOf(policy);
    expect(error).toMatchObject({ name: 'PolicyError', code: 'ERR_POOL_POLICY' });
    // ESLint adds the file and the rule, on lines of their own.
    expect((error as Error).message.split('\n')[0]).toBe(sentence);
  });

  it('stops in a file without a driver, too', () => {
    expect(() => lint('export const one = 1;', { instances: 0 })).toThrow('settings.pool.policy.instances');
  });

  it('does not make the next run stop', () => {
    errorOf({ instances: 0 });
    expect(lint(CODE, { instances: 1 }).map(({ ruleId }) => ruleId)).toContain('pool/no-unbounded-pool');
  });
});

describe('messages about limits, with long names and values', () => {
  const NAME = 'connectionsOfTheReportingDatabaseOfTheWholeCompany';
  const VALUE = 'Number.POSITIVE_INFINITY';
  const zero = (value: string): readonly (readonly [keyof typeof imports, string])[] => [
    [
      'drizzle-mysql2',
      `drizzle({ connection: { uri, connectionLimit: ${value}, connectTimeout: ${value}, max: ${value} } })`,
    ],
    [
      'drizzle-pg',
      `drizzle({ connection: { connectionTimeoutMillis: ${value}, max: ${value}, query_timeout: ${value} } })`,
    ],
    [
      'drizzle-postgres',
      `drizzle({ connection: { url, max: ${value}, idle_timeout: ${value}, idleTimeoutMillis: ${value} } })`,
    ],
    [
      'knex',
      `knex({ client: 'pg', acquireConnectionTimeout: ${value}, pool: { max: ${value}, createTimeoutMillis: ${value} } })`,
    ],
    [
      'typeorm',
      `new DataSource({ type: 'postgres', connectTimeoutMS: ${value}, extra: { max: ${value}, idleTimeoutMillis: ${value} } })`,
    ],
    ['typeorm', `new DataSource({ type: 'mysql', extra: { connectionLimit: ${value}, queueLimit: ${value} } })`],
    [
      'sequelize',
      `new Sequelize({ dialect: 'postgres', pool: { max: ${value}, idle: ${value} }, dialectOptions: { query_timeout: ${value} } })`,
    ],
    ['generic-pool', `createPool(factory, { max: ${value}, acquireTimeoutMillis: ${value}, idleTimeoutMillis: 5 })`],
    [
      'cassandra-driver',
      `new Client({ pooling: { maxRequestsPerConnection: 1e9 }, socketOptions: { readTimeout: ${value} } })`,
    ],
    ['mongodb', `new MongoClient('mongodb://a', { maxPoolSize: ${value}, serverSelectionTimeoutMS: ${value} })`],
    ['prisma-mariadb', `new PrismaMariaDb({ connectionLimit: ${value}, acquireTimeout: ${value}, minimumIdle: 5000 })`],
    ['redis', `createClientPool({}, { maximum: ${value}, acquireTimeout: ${value} })`],
    ['agents', `new http.Agent({ keepAlive: true, maxSockets: ${value}, timeout: 5 })`],
    ['pg', `new Pool({ max: 100000, connectionTimeoutMillis: 2147483647, idleTimeoutMillis: 2147483647 })`],
  ];
  const policy = {
    instances: 1000,
    databases: { default: { maxConnections: 100_000 } },
    perProcess: { queue: 100 },
    timeouts: {
      acquireMs: 1_800_000,
      connectMs: 1_800_000,
      idleMs: 1_800_000,
      lifetimeMs: 1_800_000,
      statementMs: 1_800_000,
    },
  };
  const rows = [VALUE, '0', "'no number at all, I am afraid'"].flatMap((value) =>
    zero(value).map(([driver, expression]) => [driver, value, expression] as const),
  );

  it.for(rows)('stand on one line of at most 160 characters: %s, %s', ([driver, , expression]) => {
    const code = `${imports[driver]}\nexport const ${NAME} = ${expression};\n`;
    const messages = [...lint(code, policy), ...lint(code)].map(({ message }) => message);
    expect(messages).not.toEqual([]);
    expect(messages.filter((one) => one.length > 160 || /\n| {2}|\{\{/.test(one))).toEqual([]);
  });
});
