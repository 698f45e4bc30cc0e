import rule from '../../rules/require-timeouts.ts';
import type { InvalidCase, ValidCase } from '../support/cases.ts';
import { testRule } from '../support/rule-tester.ts';
import { built, driverNames, reported } from './marked.ts';
import type { Imported } from './marked.ts';

/** Limits that only `strict` asks for, and those that a driver has no option for. */

const only = (limit: string) => [{ limits: [limit] }];
const unsupported = (limit: string) => [{ limits: [limit], checkUnsupported: true }];

const words = {
  acquire: ['the wait for a connection', 'requests hang when all are taken'],
  command: ['the wait for a reply', 'requests hang when the server is silent'],
  http: ['the wait for an answer', ''],
  idle: ['the idle time', 'connections that nobody uses stay open'],
  lifetime: ['the age of connections', 'old ones survive a change of servers'],
  socket: ['the silence of a socket', 'requests hang when the other side is silent'],
  statement: ['the time of a statement', 'one slow statement holds a connection'],
} as const;
type Asked = keyof typeof words;

/** The limit that is asked for, driver, expression, the option and its value, the repaired expression. */
const lines: readonly (readonly [Asked, Imported, string, string, string, string])[] = [
  [
    'idle',
    'mongodb',
    "new MongoClient('mongodb://a')",
    'maxIdleTimeMS',
    '30000',
    "new MongoClient('mongodb://a', { maxIdleTimeMS: 30000 })",
  ],
  [
    'idle',
    'postgres',
    "postgres('postgres://a')",
    'idle_timeout',
    '30',
    "postgres('postgres://a', { idle_timeout: 30 })",
  ],
  [
    'idle',
    'agents',
    'new http.Agent({ keepAlive: true })',
    'timeout',
    '30000',
    'new http.Agent({ keepAlive: true, timeout: 30000 })',
  ],
  [
    'lifetime',
    'pg',
    'new Pool({ max: 5 })',
    'maxLifetimeSeconds',
    '1800',
    'new Pool({ max: 5, maxLifetimeSeconds: 1800 })',
  ],
  [
    'lifetime',
    'oracledb',
    'oracledb.createPool({})',
    'maxLifetimeSession',
    '1800',
    'oracledb.createPool({ maxLifetimeSession: 1800 })',
  ],
  [
    'lifetime',
    'undici',
    'new Agent({ connections: 5 })',
    'clientTtl',
    '1800000',
    'new Agent({ connections: 5, clientTtl: 1800000 })',
  ],
  [
    'statement',
    'mariadb',
    "mariadb.createPool({ host: 'a' })",
    'queryTimeout',
    '30000',
    "mariadb.createPool({ host: 'a', queryTimeout: 30000 })",
  ],
  [
    'socket',
    'mariadb',
    "mariadb.createPool({ host: 'a' })",
    'socketTimeout',
    '30000',
    "mariadb.createPool({ host: 'a', socketTimeout: 30000 })",
  ],
  ['command', 'ioredis', 'new Redis()', 'commandTimeout', '30000', 'new Redis({ commandTimeout: 30000 })'],
];

const missing = lines.map(([asked, driver, expression, option, value, fixed]): InvalidCase => {
  const [wait, harm] = words[asked];
  const data = { name: 'pool', wait, harm, option, value };
  const more = { options: only(asked), output: built(driver, fixed) };
  return reported(`${asked}, ${driver}`, built(driver, `«${expression}»`), { messageId: 'missing', data }, more);
});

const RUNTIME = 'The runtime can bound it';

/** The limit that is asked for, driver, expression, what can be done instead. */
const lacks: readonly (readonly [Asked, Imported, string, string])[] = [
  ['acquire', 'mysql2', "mysql.createPool({ host: 'a' })", 'Set `queueLimit`'],
  ['acquire', 'mysql2', 'mysql.createPool({ uri: process.env.DATABASE_URL })', 'Set `queueLimit`'],
  ['acquire', 'mysql', "mysql.createPool({ host: 'a' })", 'Set `queueLimit`'],
  ['acquire', 'postgres', "postgres('postgres://a')", RUNTIME],
  ['acquire', 'slonik', "createPool('postgres://a')", RUNTIME],
  ['lifetime', 'mysql2', "mysql.createPool({ host: 'a' })", RUNTIME],
  ['lifetime', 'sequelize', "new Sequelize('postgres://a')", 'Set `pool.maxUses`'],
  ['idle', 'mysql', "mysql.createPool({ host: 'a' })", RUNTIME],
  ['http', 'agents', 'new http.Agent({ keepAlive: true })', 'Give each call `signal`'],
  ['statement', 'mysql2', "mysql.createPool({ host: 'a' })", 'Give each call `timeout`'],
  ['statement', 'oracledb', 'oracledb.createPool({})', 'Give each call `callTimeout`'],
  ['statement', 'knex', "knex({ client: 'pg' })", 'Give each call `timeout`'],
];

const noOption = lacks.map(([asked, driver, expression, remedy]): InvalidCase => {
  const [wait] = words[asked];
  const data = { name: 'pool', wait, driver: driverNames[driver], remedy };
  const code = built(driver, `«${expression}»`);
  return reported(
    `${asked}, ${driver}: no option`,
    code,
    { messageId: 'noOption', data },
    { options: unsupported(asked) },
  );
});

const silent = (name: string, driver: Imported, expression: string, options: readonly unknown[]): ValidCase => ({
  name,
  code: built(driver, expression),
  options,
});

testRule('require-timeouts', rule, {
  valid: [
    silent('no option, and nobody asked', 'mysql2', "mysql.createPool({ host: 'a' })", [{ limits: ['acquire'] }]),
    silent(
      'what helps in its place is there',
      'mysql2',
      "mysql.createPool({ host: 'a', queueLimit: 50 })",
      unsupported('acquire'),
    ),
    silent('the server ends statements', 'slonik', "createPool('postgres://a')", unsupported('query')),
    silent('an option for statements', 'postgres', "postgres({ host: 'a' })", unsupported('query')),
    silent('the client ends statements', 'mssql', 'new sql.ConnectionPool({})', unsupported('statement')),
    silent('one sentence for both ends', 'mysql2', "mysql.createPool({ host: 'a' })", unsupported('query')),
    silent('the reply of a command', 'ioredis', 'new Redis()', only('socket')),
    silent('the other end has a bound', 'pg', 'new Pool({ statement_timeout: 5000 })', only('query')),
    silent('the other end has a bound, too', 'pg', 'new Pool({ query_timeout: 5000 })', only('statement')),
    silent(
      'the wait includes the opening',
      'generic-pool',
      'createPool(factory, { acquireTimeoutMillis: 5000 })',
      unsupported('connect'),
    ),
    silent('a default of the driver', 'pg', 'new Pool({ max: 5 })', only('idle')),
    silent('an address that may say it', 'mongodb', 'new MongoClient(process.env.MONGO_URL)', only('idle')),
  ],
  invalid: [
    ...missing,
    ...noOption,
    reported(
      'what callers may put over it, with `explicit`',
      "import { Pool } from 'pg';\nexport const create = (options) => «new Pool({ max: 5, ...options })»;\n",
      {
        messageId: 'missing',
        data: {
          name: 'Pool',
          wait: words.statement[0],
          harm: words.statement[1],
          option: 'query_timeout',
          value: '30000',
        },
      },
      { options: [{ limits: ['statement'], explicit: true }] },
    ),
  ],
});
