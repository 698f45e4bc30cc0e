import rule from '../../rules/no-unbounded-pool.ts';
import { testRule } from '../support/rule-tester.ts';
import type { InvalidCase, ValidCase } from '../support/cases.ts';
import { built, driverNames, reported } from './marked.ts';
import type { Imported } from './marked.ts';

/** With `explicit`: sizes that nobody chose, and pools of one where a server runs. */

const options = [{ explicit: true }];
const silent = (name: string, code: string): ValidCase => ({ name, code, options });
const PG = "import { Pool } from 'pg';\n";

/** Driver, expression, the size that it takes, what to set, the repaired expression; nothing where the repair is missing. */
const defaults: readonly (readonly [Imported, string, string, string, string?])[] = [
  ['pg', 'new Pool()', '10', 'max', 'new Pool({ max: 10 })'],
  ['mysql2', 'mysql.createPool({})', '10', 'connectionLimit', 'mysql.createPool({ connectionLimit: 10 })'],
  [
    'mysql',
    "mysql.createPool({ host: 'a' })",
    '10',
    'connectionLimit',
    "mysql.createPool({ host: 'a', connectionLimit: 10 })",
  ],
  ['mariadb', 'mariadb.createPool({})', '10', 'connectionLimit', 'mariadb.createPool({ connectionLimit: 10 })'],
  ['postgres', "postgres('postgres://a/b')", '10', 'max', "postgres('postgres://a/b', { max: 10 })"],
  ['knex', "knex({ client: 'pg' })", '10', 'pool.max', "knex({ client: 'pg', pool: { max: 10 } })"],
  [
    'sequelize',
    "new Sequelize('postgres://a/b')",
    '5',
    'pool.max',
    "new Sequelize('postgres://a/b', { pool: { max: 5 } })",
  ],
  ['mssql', 'new sql.ConnectionPool({})', '10', 'pool.max', 'new sql.ConnectionPool({ pool: { max: 10 } })'],
  [
    'mongodb',
    "new MongoClient('mongodb://a')",
    '100',
    'maxPoolSize',
    "new MongoClient('mongodb://a', { maxPoolSize: 100 })",
  ],
  ['generic-pool', 'createPool(factory)', '1', 'max', 'createPool(factory, { max: 1 })'],
  ['oracledb', 'oracledb.createPool({})', '4', 'poolMax', 'oracledb.createPool({ poolMax: 4 })'],
  ['redis', 'createClientPool({}, {})', '100', 'maximum', 'createClientPool({}, { maximum: 100 })'],
  ['slonik', "createPool('postgres://a', {})", '10', 'maxPoolSize', "createPool('postgres://a', { maxPoolSize: 10 })"],
];

const unchosen = defaults.map(([driver, expression, size, option, fixed]): InvalidCase => {
  const data = { name: 'pool', driver: driverNames[driver], size, option, value: size };
  const more = { options, ...(fixed !== undefined && { output: built(driver, fixed) }) };
  return reported(`${driver}: nobody chose`, built(driver, `«${expression}»`), { messageId: 'unchosen', data }, more);
});

const alone = (name: string, option: string) => ({ messageId: 'single', data: { name, option, value: '10' } });

testRule('no-unbounded-pool', rule, {
  valid: [
    silent('chosen', `${PG}export const pool = new Pool({ max: 10 });`),
    silent('chosen by the environment', `${PG}export const pool = new Pool({ max: Number(process.env.POOL_MAX) });`),
    silent(
      'perhaps chosen elsewhere',
      `${PG}import { rest } from './rest.js';\nexport const pool = new Pool({ ...rest });`,
    ),
    silent(
      'chosen in the address',
      "import mysql from 'mysql2';\nexport const pool = mysql.createPool('mysql://a/b?connectionLimit=5');",
    ),
    silent('one connection where no server runs', `${PG}export const pool = new Pool({ max: 1 });`),
    silent('two connections', `${PG}export const pool = new Pool({ max: 2 });\napp.listen(80);`),
    silent(
      'each host has its own',
      "import { Client } from 'cassandra-driver';\nexport const client = new Client({ contactPoints });",
    ),
    silent(
      'one connection to each origin',
      "import { Agent } from 'undici';\nsetGlobalDispatcher(new Agent({ connections: 1 }));\napp.listen(80);",
    ),
    silent('one client', "import { Client } from 'pg';\nexport const client = new Client();\napp.listen(80);"),
    {
      name: 'one connection, as the policy says',
      code: `${PG}export const pool = new Pool({ max: 1 });\napp.listen(80);`,
      options,
      settings: { pool: { policy: { pools: { pool: { max: 1 } } } } },
    },
    { name: 'without the option', code: `${PG}export const pool = new Pool();` },
    {
      name: 'one connection, without the option',
      code: `${PG}export const pool = new Pool({ max: 1 });\napp.listen(80);`,
    },
  ],
  invalid: [
    ...unchosen,
    reported(
      'nobody chose, and the policy states a size',
      `${PG}export const pool = «new Pool()»;\n`,
      { messageId: 'unchosen', data: { name: 'pool', driver: 'pg', size: '10', option: 'max', value: '15' } },
      {
        options,
        settings: { pool: { policy: { perProcess: { max: 15 } } } },
        output: `${PG}export const pool = new Pool({ max: 15 });\n`,
      },
    ),
    reported(
      'one connection for a server',
      `${PG}const pool = new Pool({ «max: 1» });\napp.get('/', (req, res) => pool.query('SELECT 1'));\napp.listen(80);\n`,
      alone('pool', 'max'),
      {
        options,
        output: `${PG}const pool = new Pool({ max: 10 });\napp.get('/', (req, res) => pool.query('SELECT 1'));\napp.listen(80);\n`,
      },
    ),
    reported(
      'one of anything, where one is the default',
      "import { createPool } from 'generic-pool';\nconst pool = createPool(factory, { «max: 1» });\nserver.listen(80);\n",
      alone('pool', 'max'),
      {
        options,
        output:
          "import { createPool } from 'generic-pool';\nconst pool = createPool(factory, { max: 10 });\nserver.listen(80);\n",
      },
    ),
  ],
});
