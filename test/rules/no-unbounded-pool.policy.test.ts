import rule from '../../rules/no-unbounded-pool.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { InvalidCase, ValidCase } from '../support/cases.ts';
import { testRule } from '../support/rule-tester.ts';
import { reported } from './marked.ts';

/** Numbers of a policy: what is stated is law, and nothing else. */

const PG = "import { Pool } from 'pg';\n";
const MYSQL = "import mysql from 'mysql2';\n";
const shared: Policy = { instances: 4, databases: { default: { maxConnections: 100, reserved: 3 } } };
const two: Policy['pools'] = { a: { database: 'sales' }, b: { database: 'sales' } };

const allowed = (name: string, policy: Policy, code: string): ValidCase => ({
  name,
  code,
  settings: { pool: { policy } },
});

/** The repair writes the number that the message names, in place of the mark or as the last property. */
function forbidden(
  name: string,
  policy: Policy,
  marked: string,
  messageId: string,
  data: Readonly<Record<string, string>>,
  fixed?: string,
): InvalidCase {
  const more = { settings: { pool: { policy } }, ...(fixed !== undefined && { output: fixed }) };
  return reported(name, marked, { messageId, data }, more);
}

const size = (name: string, open: string, limit: string, key: string, option = 'max') => ({
  name,
  size: open,
  limit,
  key,
  option,
});
const sum = (open: string, limit: string, key: string) => ({ scope: 'file', size: open, limit, key });
const queue = (cause: string) => ({ name: 'pool', cause, option: 'queueLimit', value: '100' });

testRule('no-unbounded-pool', rule, {
  valid: [
    allowed('nothing is stated', {}, `${PG}export const pool = new Pool({ max: 500 });`),
    allowed('times alone are stated', { timeouts: { holdMs: 5 } }, `${PG}export const pool = new Pool({ max: 500 });`),
    allowed('as many as are allowed', { perProcess: { max: 20 } }, `${PG}export const pool = new Pool({ max: 20 });`),
    allowed('the share of one process', shared, `${PG}export const pool = new Pool({ max: 24 });`),
    allowed(
      'a pool of another name',
      { pools: { reports: { max: 2 } } },
      `${PG}export const pool = new Pool({ max: 20 });`,
    ),
    allowed(
      'two databases by name',
      {
        perProcess: { max: 10 },
        databases: { sales: {}, logs: {} },
        pools: { a: { database: 'sales' }, b: { database: 'logs' } },
      },
      `${PG}export const a = new Pool({ max: 6 });\nexport const b = new Pool({ max: 6 });`,
    ),
    allowed(
      'two databases by address',
      { perProcess: { max: 10 } },
      `${PG}export const a = new Pool({ connectionString: process.env.A, max: 6 });
export const b = new Pool({ connectionString: process.env.B, max: 6 });`,
    ),
    allowed(
      'two drivers with the environment of each',
      { perProcess: { max: 10 } },
      `${PG}${MYSQL}export const a = new Pool({ max: 6 });\nexport const b = mysql.createPool({ connectionLimit: 6 });`,
    ),
    allowed(
      'a size that this file does not show',
      { perProcess: { max: 10 } },
      `${PG}import { max } from './config.js';
export const a = new Pool({ max });\nexport const b = new Pool({ max: 6 });`,
    ),
    allowed(
      'agents have no database',
      { ...shared, perProcess: { max: 10 } },
      `import http from 'node:http';
export const a = new http.Agent({ keepAlive: true, maxSockets: 8 });
export const b = new http.Agent({ keepAlive: true, maxSockets: 80 });
export const c = new http.Agent({ keepAlive: true, maxTotalSockets: 800 });`,
    ),
    allowed('pg has no option for the queue', { perProcess: { queue: 100 } }, `${PG}export const pool = new Pool();`),
    allowed(
      'as many may wait as are allowed',
      { perProcess: { queue: 100 } },
      `${MYSQL}export const pool = mysql.createPool({ host: 'db', queueLimit: 100 });`,
    ),
  ],
  invalid: [
    forbidden(
      'one pool, by name',
      { perProcess: { max: 10 }, pools: { reports: { max: 2 } } },
      `${PG}export const reports = new Pool({ «max: 5» });\n`,
      'abovePolicy',
      size('reports', '5', '2', 'pools.reports.max'),
      `${PG}export const reports = new Pool({ max: 2 });\n`,
    ),
    forbidden(
      'a field goes by its own name',
      { pools: { reports: { max: 2 } } },
      `${PG}export class Store {\n  #reports = new Pool({ «max: 5» });\n}\n`,
      'abovePolicy',
      size('this.#reports', '5', '2', 'pools.reports.max'),
      `${PG}export class Store {\n  #reports = new Pool({ max: 2 });\n}\n`,
    ),
    forbidden(
      'one process',
      { perProcess: { max: 20 } },
      `${PG}export const pool = new Pool({ «max: 50» });\n`,
      'abovePolicy',
      size('pool', '50', '20', 'perProcess.max'),
      `${PG}export const pool = new Pool({ max: 20 });\n`,
    ),
    forbidden(
      'the default of the driver is too large',
      { perProcess: { max: 5 } },
      `${PG}export const pool = «new Pool()»;\n`,
      'abovePolicy',
      size('pool', '10', '5', 'perProcess.max'),
      `${PG}export const pool = new Pool({ max: 5 });\n`,
    ),
    forbidden(
      'the share of one process',
      shared,
      `${PG}export const pool = new Pool({ «max: 25» });\n`,
      'aboveBudget',
      { ...size('pool', '25', '24', 'databases.default'), instances: '4', value: '24' },
      `${PG}export const pool = new Pool({ max: 24 });\n`,
    ),
    forbidden(
      'all that a server has',
      { databases: { default: { maxConnections: 100 } } },
      `${PG}export const pool = new Pool({ «max: 150» });\n`,
      'abovePolicy',
      size('pool', '150', '100', 'databases.default'),
      `${PG}export const pool = new Pool({ max: 100 });\n`,
    ),
    forbidden(
      'the least of what is stated',
      { ...shared, perProcess: { max: 10 } },
      `${PG}export const pool = new Pool({ «max: 50» });\n`,
      'abovePolicy',
      size('pool', '50', '10', 'perProcess.max'),
      `${PG}export const pool = new Pool({ max: 10 });\n`,
    ),
    forbidden(
      'no bound: the stated one is written',
      { perProcess: { max: 7 } },
      `${PG}export const pool = new Pool({ «max: Infinity» });\n`,
      'unbounded',
      { name: 'pool', cause: '`max: Infinity` means no limit in pg', option: 'max', value: '7' },
      `${PG}export const pool = new Pool({ max: 7 });\n`,
    ),
    forbidden(
      'text for a number, within what is allowed',
      { perProcess: { max: 7 } },
      `import postgres from 'postgres';\nexport const sql = postgres('postgres://a/b', { «max: '20'» });\n`,
      'noNumber',
      { given: "max: '20'", name: 'sql', harm: 'the driver takes 1', option: 'max', value: '7' },
      `import postgres from 'postgres';\nexport const sql = postgres('postgres://a/b', { max: 7 });\n`,
    ),
    forbidden(
      'the pools of one file together',
      { perProcess: { max: 10 } },
      `${PG}export const a = new Pool({ max: 6 });\nexport const b = «new Pool({ max: 6 })»;\n`,
      'sumAbovePolicy',
      sum('12', '10', 'perProcess.max'),
    ),
    forbidden(
      'together, by the name of the database',
      { databases: { sales: { maxConnections: 10 } }, pools: two },
      `${PG}export const a = new Pool({ host: 'a', max: 6 });\nexport const b = «new Pool({ host: 'b', max: 6 })»;\n`,
      'sumAbovePolicy',
      sum('12', '10', 'databases.sales'),
    ),
    {
      ...forbidden(
        'one that is too large by itself is one report',
        { perProcess: { max: 10 } },
        `${PG}export const a = new Pool({ «max: 60» });\nexport const b = new Pool({ max: 6 });\n`,
        'abovePolicy',
        size('a', '60', '10', 'perProcess.max'),
        `${PG}export const a = new Pool({ max: 10 });\nexport const b = new Pool({ max: 6 });\n`,
      ),
      remains: true,
    },
    forbidden(
      'a queue without bound',
      { perProcess: { queue: 100 } },
      `${MYSQL}export const pool = «mysql.createPool({ host: 'db' })»;\n`,
      'unboundedQueue',
      queue('mysql2 has no limit by default'),
      `${MYSQL}export const pool = mysql.createPool({ host: 'db', queueLimit: 100 });\n`,
    ),
    forbidden(
      'a queue whose zero is no bound',
      { perProcess: { queue: 100 } },
      `${MYSQL}export const pool = mysql.createPool({ host: 'db', «queueLimit: 0» });\n`,
      'unboundedQueue',
      queue('`queueLimit: 0` means no limit in mysql2'),
      `${MYSQL}export const pool = mysql.createPool({ host: 'db', queueLimit: 100 });\n`,
    ),
    forbidden(
      'a queue that is too long',
      { perProcess: { queue: 100 } },
      `${MYSQL}export const pool = mysql.createPool({ host: 'db', «queueLimit: 500» });\n`,
      'queueAbovePolicy',
      size('pool', '500', '100', 'perProcess.queue', 'queueLimit'),
      `${MYSQL}export const pool = mysql.createPool({ host: 'db', queueLimit: 100 });\n`,
    ),
  ],
});
