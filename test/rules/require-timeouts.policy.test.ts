import rule from '../../rules/require-timeouts.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { InvalidCase, ValidCase } from '../support/cases.ts';
import { testRule } from '../support/rule-tester.ts';
import { built, reported } from './marked.ts';
import type { Imported } from './marked.ts';

/** Times of a policy: what is stated is asked for, and is the most. */

const HARM = {
  acquire: { wait: 'the wait for a connection', harm: 'requests hang when all are taken' },
  lifetime: { wait: 'the age of connections', harm: 'old ones survive a change of servers' },
  statement: { wait: 'the time of a statement', harm: 'one slow statement holds a connection' },
};

const allowed = (name: string, policy: Policy, driver: Imported, expression: string): ValidCase => ({
  name,
  code: built(driver, expression),
  settings: { pool: { policy } },
});

type Data = Readonly<Record<string, string>>;

function forbidden(
  name: string,
  policy: Policy,
  [driver, expression, fixed]: readonly [Imported, string, string?],
  [messageId, data]: readonly [string, Data],
): InvalidCase {
  const more = { settings: { pool: { policy } }, ...(fixed !== undefined && { output: built(driver, fixed) }) };
  return reported(name, built(driver, expression), { messageId, data }, more);
}

const above = (option: string, given: string, limit: string, key: string, value = limit): readonly [string, Data] => [
  'abovePolicy',
  { option, given, limit, key: `timeouts.${key}`, value },
];
const missing = (words: keyof typeof HARM, option: string, value: string): readonly [string, Data] => [
  'missing',
  { name: 'pool', ...HARM[words], option, value },
];
const request = (given: string, option: string): readonly [string, Data] => [
  'longerThanRequest',
  { name: 'pool', given, limit: '10000', key: 'timeouts.httpMs', option, value: '10000' },
];

/** What is sent when a connection opens, where something may stand between. */
function suggested(
  name: string,
  policy: Policy,
  [driver, option, fixed]: readonly [Imported, string, string],
): InvalidCase {
  const expression = driver === 'pg' ? '«new Pool({ connectionTimeoutMillis: 5000 })»' : "«postgres('postgres://a/b')»";
  const data = { name: 'pool', ...HARM.statement, option, value: '8000' };
  const suggests = { messageId: 'setTimeout', data: { option, value: '8000' }, output: built(driver, fixed) };
  return reported(
    name,
    built(driver, expression),
    { messageId: 'missing', data, suggests },
    { settings: { pool: { policy } } },
  );
}

const statement = { timeouts: { statementMs: 8000 } };
const PG = 'new Pool({ connectionTimeoutMillis: 5000 })';
const BOTH = 'new Pool({ connectionTimeoutMillis: 5000, statement_timeout: 8000, query_timeout: 8000 })';
const CLIENT = 'new Pool({ connectionTimeoutMillis: 5000, query_timeout: 8000 })';
const direct: Policy = { ...statement, databases: { default: { via: 'direct' } } };
const elsewhere: Policy = {
  ...statement,
  databases: { default: { via: 'pgbouncer' }, reports: { via: 'direct' } },
  pools: { pool: { database: 'reports' } },
};

testRule('require-timeouts', rule, {
  valid: [
    allowed('nothing is stated', {}, 'pg', 'new Pool({ connectionTimeoutMillis: 600000, idleTimeoutMillis: 600000 })'),
    allowed('no limit of a pool', { timeouts: { holdMs: 5 } }, 'pg', PG),
    allowed('as long as is allowed', { timeouts: { idleMs: 10_000 } }, 'pg', PG),
    allowed(
      'the driver has no option for it',
      { timeouts: { acquireMs: 1000 } },
      'mysql2',
      "mysql.createPool({ host: 'a' })",
    ),
    allowed(
      'a second is the least that seconds can say',
      { timeouts: { connectMs: 500 } },
      'postgres',
      "postgres({ host: 'a', connect_timeout: 1 })",
    ),
    allowed(
      'statements of a database are no requests',
      { timeouts: { statementMs: 1000, httpMs: 3000 } },
      'agents',
      'new http.Agent({ keepAlive: true, timeout: 60000 })',
    ),
    allowed(
      'the other end of a statement has a bound',
      statement,
      'pg',
      'new Pool({ connectionTimeoutMillis: 5000, statement_timeout: 8000 })',
    ),
    allowed('a wait as long as a request', { timeouts: { httpMs: 60_000 } }, 'knex', "knex({ client: 'pg' })"),
  ],
  invalid: [
    forbidden(
      'longer than is allowed',
      { timeouts: { idleMs: 10_000 } },
      [
        'pg',
        'new Pool({ connectionTimeoutMillis: 5000, «idleTimeoutMillis: 60000» })',
        'new Pool({ connectionTimeoutMillis: 5000, idleTimeoutMillis: 10000 })',
      ],
      above('idleTimeoutMillis', '60000', '10000', 'idleMs'),
    ),
    forbidden(
      'the default of the driver is longer',
      { timeouts: { idleMs: 5000 } },
      [
        'pg',
        '«new Pool({ connectionTimeoutMillis: 5000 })»',
        'new Pool({ connectionTimeoutMillis: 5000, idleTimeoutMillis: 5000 })',
      ],
      above('idleTimeoutMillis', '10000', '5000', 'idleMs'),
    ),
    forbidden(
      'in seconds, and no longer than stated',
      { timeouts: { connectMs: 2500 } },
      ['postgres', "postgres({ host: 'a', «connect_timeout: 10» })", "postgres({ host: 'a', connect_timeout: 2 })"],
      above('connect_timeout', '10000', '2500', 'connectMs', '2'),
    ),
    forbidden(
      'an option for two limits gets the larger',
      { timeouts: { acquireMs: 1000, connectMs: 3000 } },
      ['pg', 'new Pool({ «connectionTimeoutMillis: 60000» })', 'new Pool({ connectionTimeoutMillis: 3000 })'],
      above('connectionTimeoutMillis', '60000', '3000', 'connectMs'),
    ),
    forbidden(
      'an option for two limits, of which one is stated',
      { timeouts: { acquireMs: 1000 } },
      ['pg', 'new Pool({ «connectionTimeoutMillis: 60000» })', 'new Pool({ connectionTimeoutMillis: 1000 })'],
      above('connectionTimeoutMillis', '60000', '1000', 'acquireMs'),
    ),
    forbidden(
      'an option for two limits is missing',
      { timeouts: { acquireMs: 1000, connectMs: 3000 } },
      ['pg', '«new Pool()»', 'new Pool({ connectionTimeoutMillis: 3000 })'],
      missing('acquire', 'connectionTimeoutMillis', '3000'),
    ),
    forbidden(
      'stated, so it is asked for',
      { timeouts: { lifetimeMs: 600_000 } },
      [
        'pg',
        '«new Pool({ connectionTimeoutMillis: 5000 })»',
        'new Pool({ connectionTimeoutMillis: 5000, maxLifetimeSeconds: 600 })',
      ],
      missing('lifetime', 'maxLifetimeSeconds', '600'),
    ),
    forbidden(
      'a wait longer than a request',
      { timeouts: { httpMs: 10_000 } },
      ['pg', 'new Pool({ «connectionTimeoutMillis: 60000» })', 'new Pool({ connectionTimeoutMillis: 10000 })'],
      request('60000', 'connectionTimeoutMillis'),
    ),
    forbidden(
      'a wait longer than a request, by default',
      { timeouts: { httpMs: 10_000 } },
      ['knex', "«knex({ client: 'pg' })»", "knex({ client: 'pg', pool: { acquireTimeoutMillis: 10000 } })"],
      request('60000', 'pool.acquireTimeoutMillis'),
    ),
    forbidden(
      'an answer',
      { timeouts: { httpMs: 3000 } },
      ['undici', '«new Agent({ connections: 8 })»', 'new Agent({ connections: 8, headersTimeout: 3000 })'],
      above('headersTimeout', '300000', '3000', 'httpMs'),
    ),
    forbidden(
      'statements, on both ends: the server is reached directly',
      direct,
      ['pg', `«${PG}»`, BOTH],
      missing('statement', 'statement_timeout', '8000'),
    ),
    forbidden(
      'statements of a pool whose database is reached directly',
      elsewhere,
      ['pg', `«${PG}»`, BOTH],
      missing('statement', 'statement_timeout', '8000'),
    ),
    forbidden(
      'statements, where the driver has the end of the server alone',
      direct,
      [
        'postgres',
        "«postgres('postgres://a/b')»",
        "postgres('postgres://a/b', { connection: { statement_timeout: 8000 } })",
      ],
      missing('statement', 'connection.statement_timeout', '8000'),
    ),
    forbidden(
      'a statement longer than is allowed',
      statement,
      [
        'pg',
        'new Pool({ connectionTimeoutMillis: 5000, «statement_timeout: 60000» })',
        'new Pool({ connectionTimeoutMillis: 5000, statement_timeout: 8000 })',
      ],
      above('statement_timeout', '60000', '8000', 'statementMs'),
    ),
    suggested('statements, way unknown: the end of the client', statement, ['pg', 'query_timeout', CLIENT]),
    suggested(
      'statements through PgBouncer: the end of the client',
      { ...statement, databases: { default: { via: 'pgbouncer' } } },
      ['pg', 'query_timeout', CLIENT],
    ),
    suggested('statements, way unknown, no end of the client', statement, [
      'postgres',
      'connection.statement_timeout',
      "postgres('postgres://a/b', { connection: { statement_timeout: 8000 } })",
    ]),
  ],
});
