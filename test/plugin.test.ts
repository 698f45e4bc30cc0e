import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { assertEslintVersion } from '../src/eslint-version.ts';
import plugin from '../src/index.ts';
import { miniJson } from './support/mini-json.ts';

const root = path.join(import.meta.dirname, '..');
const ids = Object.keys(plugin.rules);
const namesIn = (folder: string, suffix: string): string[] =>
  fs
    .readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();

const severitiesOf = (config: Linter.Config): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(config.rules ?? {}).map(([id, entry]) => [id, Array.isArray(entry) ? entry[0] : entry]),
  );

describe('the plugin', () => {
  it('is tested on the ESLint that this run is for', () => {
    expect(Linter.version).toMatch(new RegExp(`^${process.env.ESLINT_MAJOR ?? '10'}\\.`));
  });

  it('says who it is', () => {
    const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
    expect(plugin.meta).toEqual({ name: 'eslint-plugin-pool', version, namespace: 'pool' });
  });

  it('lists its rules in order', () => {
    expect(ids).toEqual([...ids].sort());
  });

  it('lists the rules of the folder', () => {
    expect(ids).toEqual(namesIn('rules', '.ts'));
  });

  it('has a page for each rule', () => {
    expect(namesIn('docs/rules', '.md')).toEqual(ids);
  });

  it('has tests for each rule, and for no other', () => {
    const tested = namesIn('test/rules', '.test.ts').map((name) => name.replace(/\..*$/, ''));
    expect([...new Set(tested)]).toEqual(ids);
  });
});

describe('presets', () => {
  it('recommended is this, and a new entry is a major version', () => {
    expect(plugin.configs.recommended.rules).toMatchInlineSnapshot(`
      {
        "pool/no-connect-per-request": "error",
        "pool/no-double-release": "error",
        "pool/no-ignored-option": "error",
        "pool/no-pool-in-handler": "error",
        "pool/no-transaction-on-pool": "error",
        "pool/no-unbounded-pool": "error",
        "pool/no-use-after-release": "error",
        "pool/require-error-listener": "error",
        "pool/require-release": "error",
        "pool/require-timeouts": "error",
      }
    `);
  });

  it('strict has all of recommended', () => {
    expect(severitiesOf(plugin.configs.strict)).toMatchObject(severitiesOf(plugin.configs.recommended));
  });

  it('all has every rule', () => {
    expect(Object.keys(plugin.configs.all.rules ?? {})).toEqual(ids.map((id) => `pool/${id}`));
  });

  it.for(['recommended', 'strict', 'all'] as const)('%s reports errors, and names no files or languages', (name) => {
    const { rules = {}, ...rest } = plugin.configs[name];
    expect(rest).toEqual({ name: `pool/${name}`, plugins: { pool: plugin } });
    expect(new Set(Object.values(severitiesOf({ rules })))).toEqual(new Set(ids.length === 0 ? [] : ['error']));
  });
});

describe('messages', () => {
  const messages = Object.entries(plugin.rules).flatMap(([id, rule]) =>
    Object.entries(rule.meta?.messages ?? {}).map(([messageId, text]) => ({ id: `${id}/${messageId}`, text })),
  );

  const tooLong = (texts: readonly string[]) => texts.filter((text) => text.length > 160 || /\n| {2}/.test(text));
  const fill = (data: Readonly<Record<string, string>>): string[] =>
    messages.map(({ text }) => text.replace(/\{\{(\w+)\}\}/g, (hole, key: string) => data[key] ?? hole));
  const common = {
    cause: '`connectionLimit: 0` means no limit in mysql2',
    driver: 'cassandra-driver',
    given: '2147483648',
    harm: 'the pool loses a slot',
    instances: '100',
    key: 'perProcess.max',
    least: '10',
    limit: '30000',
    line: '1234',
    meaning: '83 minutes',
    needs: 'evictionRunIntervalMillis',
    option: 'acquireTimeoutMillis',
    place: 'socketOptions',
    pool: 'this.sequelize',
    remedy: 'Use a pool',
    returned: 'given back',
    scope: 'file',
    size: '100',
    statement: 'START TRANSACTION',
    unit: 'milliseconds',
    value: '30000',
    wait: 'the wait for a new connection',
    what: 'NestJS request-scoped provider',
    when: 'a connection that breaks while no query runs',
    where: 'in `finally`',
  };

  it('stand on one line of at most 160 characters', () => {
    expect(tooLong(messages.map(({ text }) => text))).toEqual([]);
  });

  it.for([
    { name: 'client', source: 'req.app.locals.pool.connect', release: '`client.release()`' },
    { name: 'connection', source: 'pool.getConnection', release: '`connection.release()`', where: 'on every path' },
    { name: 'connection', source: 'oracledb.getConnection', release: '`connection.close()`' },
    { name: 'transaction', source: 'sequelize.transaction', release: '`transaction.rollback()`', where: 'in `catch`' },
    { name: 'runner', source: 'dataSource.createQueryRunner', release: '`runner.release()`' },
    { name: 'browser', source: 'pool.acquire', release: '`pool.release(browser)`' },
    {
      name: 'session',
      source: 'mongoose.startSession',
      release: '`session.endSession()`',
      harm: 'a session stays open',
    },
  ])('do so with `$name` from `$source`', (data) => {
    const filled = fill({ ...common, ...data });
    expect(filled.filter((text) => text.includes('{{'))).toEqual([]);
    expect(tooLong(filled)).toEqual([]);
  });

  it.for([
    ['browserPool.acquire', "import { createPool } from 'generic-pool';\nconst browserPool = createPool(factory);"],
    ['this.dataSource.createQueryRunner', ''],
    ['database.client.acquireConnection', "import Knex from 'knex';\nconst database = Knex({});"],
    ['this.services.database.readOnlyConnectionPool.getConnection', ''],
  ])('do so with long names: %s', ([call, head]) => {
    const body = `const temporaryConnection = await ${call}();
      if (await work(temporaryConnection)) return;
      await temporaryConnection.query('SELECT 1');
      return database.client.releaseConnection(temporaryConnection), browserPool.release(temporaryConnection), temporaryConnection.release();`;
    const code = `${head}\nexport class Service {\n  async run() {\n    ${body}\n  }\n}\n`;
    const config = { files: ['**'], languageOptions: { parser } };
    const found = new Linter({ configType: 'flat' }).verify(code, [config, plugin.configs.all], { filename: 'a.ts' });
    expect(found.map(({ ruleId }) => ruleId)).toContain('pool/require-release');
    expect(tooLong(found.map(({ message }) => message))).toEqual([]);
  });

  const longPool = 'reportingDatabaseDriver.createPoolCluster';
  const longClient = 'reportingDatabaseDriver.createConnection';
  const use = (make: string) => `const connections = ${make}({}); await connections.query('SELECT * FROM users');`;
  const inHandler = (make: string) => `registerHandlerOfIncomingApplicationEvents(async () => { ${use(make)} });`;
  const inLoop = (make: string) => `for (const each of rows) { ${use(make)} }`;
  const inFunction = (make: string) =>
    `async function synchronizeAllReportsOfEveryDepartment() { ${use(make)} await connections.end(); }`;

  it.for([
    ['no-pool-in-handler', 'handler', inHandler(longPool)],
    ['no-pool-in-handler', 'loop', inLoop(longPool)],
    ['no-pool-in-handler', 'oneShot', inFunction(longPool)],
    [
      'no-pool-in-handler',
      'forgotten',
      'globalThis.prismaClientOfTheReportingDatabase ?? new OurPrisma.PrismaClient();',
    ],
    ['no-pool-in-handler', 'reload', 'export const prisma = new OurPrismaOfTheReportingDatabase.PrismaClient();'],
    ['no-connect-per-request', 'handler', inHandler(longClient)],
    ['no-connect-per-request', 'loop', inLoop(longClient)],
    ['no-connect-per-request', 'oneShot', inFunction(longClient)],
    [
      'no-connect-per-request',
      'keyed',
      'class Room { constructor(room) { this.one = new NamespaceOfRedisClients.Redis(); this.one.subscribe(`a${room.properties.conversation.id}`); } }',
    ],
    ['require-error-listener', 'built', `export const connectionOfTheReportingDatabase = ${longClient}({});`],
    [
      'require-error-listener',
      'held',
      `const poolOfTheReportingDatabase = new Pool().on('error', log); async function run() { const client = await poolOfTheReportingDatabase.connect(); client.release(); }`,
    ],
  ])('do so with long names: %s, %s', ([rule, messageId, statement]) => {
    const imports = `import reportingDatabaseDriver from 'mysql2';
import * as NamespaceOfRedisClients from 'ioredis';
import { Pool } from 'pg';
import * as OurPrismaOfTheReportingDatabase from '@prisma/client';
import * as OurPrisma from '@prisma/client';
`;
    const config: Linter.Config = {
      files: ['**'],
      languageOptions: { parser },
      settings: { pool: { handlers: ['registerHandlerOfIncomingApplicationEvents'] } },
    };
    const filename = messageId === 'reload' ? 'src/app/db.ts' : 'a.ts';
    const code = `${imports}${'\n'.repeat(2000)}${statement}`;
    const found = new Linter({ configType: 'flat' }).verify(code, [config, plugin.configs.all], { filename });
    const meant = found.filter((one) => one.ruleId === `pool/${rule}` && one.messageId === messageId);
    expect(meant).toHaveLength(1);
    expect(meant[0]?.message).toMatch(messageId === 'reload' ? /PrismaClient/ : /…/);
    expect(tooLong(found.map(({ message }) => message))).toEqual([]);
  });
});

describe('every rule is silent', () => {
  const lint = (code: string, config: Linter.Config, filename: string) =>
    new Linter({ configType: 'flat' }).verify(code, [{ files: ['**'], ...config }, plugin.configs.all], { filename });

  it.for([
    ['an empty file', ''],
    ['a file of comments', '// nothing\n/* here */'],
    ['a hashbang', '#!/usr/bin/env node\n'],
    ['a file without a driver', 'export function add(a: number, b: number) { return a + b; }\nadd(1, 2);'],
    ['a driver imported and not used', "import { Pool } from 'pg';\nexport type Db = Pool;"],
    ['other things with the same methods', 'async function f(socket) { await socket.connect(); socket.query(1); }'],
  ] as const)('on %s', ([, code]) => {
    expect(lint(code, { languageOptions: { parser } }, 'file.ts')).toEqual([]);
  });

  it('on another language', () => {
    const config: Linter.Config = { language: 'mini/json', plugins: { mini: { languages: { json: miniJson } } } };
    expect(lint('{ "pg": "connect" }', config, 'file.json')).toEqual([]);
  });
});

describe('the check of the ESLint version', () => {
  it('passes for the one that is running', () => {
    expect(() => assertEslintVersion()).not.toThrow();
  });

  it('names the range in one sentence when ESLint is too old', () => {
    expect(() => assertEslintVersion(['9.14.0'])).toThrow(
      'eslint-plugin-pool supports ESLint ^9.15.0 || ^10.0.0, and this is ESLint 9.14.0: update eslint.',
    );
  });

  it('passes when a supported one is among several, and when none is loaded (Oxlint)', () => {
    expect(() => assertEslintVersion(['8.57.1', '10.0.0'])).not.toThrow();
    expect(() => assertEslintVersion([])).not.toThrow();
  });
});
