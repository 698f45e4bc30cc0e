import rule from '../../rules/require-release.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('require-release', rule, {
  valid: [
    {
      name: 'helpers named in the settings: repaired',
      code: `
import { borrow, handIn } from './mine.js';
export async function run() {
  const connection = await borrow();
  try {
    await work(connection);
  } finally {
    handIn(connection);
  }
}
`,
      settings: { pool: { acquire: ['borrow'], release: ['handIn'] } },
    },
    {
      name: 'a callback from elsewhere, which takes over',
      code: `
import mysql from 'mysql2';
import { onConnection } from './mine.js';
const pool = mysql.createPool({ connectionLimit: 5 });
export function run() {
  pool.getConnection(onConnection);
  pool.getConnection(makeHandler());
  pool.getConnection(onConnection.bind(null));
  pool.getConnection(handler);
}
`,
    },
    {
      name: 'a pool named in the settings: repaired',
      code: `
import { database } from '../src/database.js';
export async function run() {
  const connection = await database.getConnection();
  try {
    await work(connection);
  } finally {
    connection.release();
  }
}
`,
      filename: 'test/run.ts',
      settings: { pool: { pools: [{ module: '**/src/database', export: 'database', driver: 'mysql2/promise' }] } },
    },
    {
      name: 'a pool that its type shows: repaired',
      code: `
import { anything } from './somewhere.js';
export async function run(store: import('pg').Pool) {
  const client = await store.connect();
  try {
    await anything(client);
  } finally {
    client.release();
  }
}
`,
      types: true,
    },
    {
      name: 'an unrelated call, which seldom throws',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(row) {
  const client = await pool.connect();
  const text = format(row);
  client.release();
  return text;
}
`,
    },
    {
      name: 'a destructured release',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  const { release } = client;
  try {
    await work(client);
  } finally {
    release();
  }
}
`,
    },
    {
      name: 'a closure that releases',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  const cleanup = () => client.release();
  try {
    await work(client);
  } finally {
    cleanup();
  }
}
`,
    },
    {
      name: 'a function of the file that releases',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
function put(client) {
  if (client) client.release();
}
async function run() {
  let client;
  try {
    client = await pool.connect();
    await work(client);
  } finally {
    put(client);
  }
}
`,
    },
    {
      name: 'a flag',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run() {
  const client = await pool.connect();
  let released = false;
  try {
    await work(client);
    client.release();
    released = true;
    await audit();
  } finally {
    if (!released) client.release();
  }
}
`,
    },
    {
      name: "the caller's client, or one of our own",
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(options) {
  const client = options.client ?? (await pool.connect());
  try {
    await work(client);
  } finally {
    if (!options.client) client.release();
  }
}
`,
    },
    {
      name: 'returned',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function open() {
  const client = await pool.connect();
  return client;
}
`,
    },
    {
      name: 'stored',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
class Store {
  async open() {
    this.client = await pool.connect();
  }
  close() {
    this.client.release();
  }
}
`,
    },
    {
      name: 'given to a resolver',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
const open = () => new Promise((resolve) => pool.connect((error, client) => resolve(client)));
`,
    },
    {
      name: 'given to a constructor that is returned',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function open() {
  const client = await pool.connect();
  return new Session(client);
}
`,
    },
    {
      name: 'released by a listener',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function stream(res) {
  const client = await pool.connect();
  res.on('close', () => client.release());
}
`,
    },
    {
      name: 'a wrapper with a callback',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export async function withClient(use) {
  const client = await pool.connect();
  try {
    return await use(client);
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'something else that connects',
      code: `
export async function run(socket) {
  const session = await socket.connect();
  await session.write('x');
}
`,
    },
    {
      name: 'a type that is no pool',
      code: `
class Store {
  connect() {
    return Promise.resolve({ query() {}, release() {} });
  }
}
export async function run(pool: import('net').Socket & Store) {
  const client = await pool.connect();
  await client.query();
}
`,
      types: true,
    },
    {
      name: 'JSX around it',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
export const Page = async () => {
  const client = await pool.connect();
  try {
    return <ul>{(await client.query('SELECT 1')).rows}</ul>;
  } finally {
    client.release();
  }
};
`,
      filename: 'page.tsx',
    },
  ],
  invalid: [
    {
      name: 'certainty possible: an unrelated call',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(row) {
  const client = await pool.connect();
  const text = format(row);
  client.release();
  return text;
}
`,
      options: [{ certainty: 'possible' }],
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function run(row) {
  const client = await pool.connect();
  try {
    const text = format(row);
    return text;
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'likely: a pool that its use shows',
      code: `
export async function read(req) {
  const client = await req.app.locals.pool.connect();
  const result = await client.query('SELECT 1');
  client.release();
  return result;
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'client',
            source: 'req.app.locals.pool.connect',
            returned: 'given back',
            line: '4',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(3, 24, 3, 53),
        },
      ],
      output: `
export async function read(req) {
  const client = await req.app.locals.pool.connect();
  try {
    const result = await client.query('SELECT 1');
    return result;
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'certainty proven still reports what an import shows',
      code: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  await client.query('SELECT 1');
}
`,
      options: [{ certainty: 'proven' }],
      errors: [
        {
          messageId: 'never',
          data: {
            name: 'client',
            source: 'pool.connect',
            returned: 'given back',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(5, 24, 5, 38),
        },
      ],
      output: `
import { Pool } from 'pg';
const pool = new Pool();
async function ping() {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
  } finally {
    client.release();
  }
}
`,
    },
    {
      name: 'helpers named in the settings',
      code: `
import { borrow, handIn } from './mine.js';
export async function run() {
  const connection = await borrow();
  await work(connection);
  handIn(connection);
}
`,
      settings: { pool: { acquire: ['borrow'], release: ['handIn'] } },
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'connection',
            source: 'borrow',
            returned: 'given back',
            line: '5',
            harm: 'the pool loses a slot',
            release: '`connection.release()`',
            where: 'in `finally`',
          },
          ...at(4, 28, 4, 36),
        },
      ],
    },
    {
      name: 'a pool named in the settings',
      code: `
import { database } from '../src/database.js';
export async function run() {
  const connection = await database.getConnection();
  await work(connection);
}
`,
      filename: 'test/run.ts',
      settings: { pool: { pools: [{ module: '**/src/database', export: 'database', driver: 'mysql2/promise' }] } },
      errors: [
        {
          messageId: 'never',
          data: {
            name: 'connection',
            source: 'database.getConnection',
            returned: 'given back',
            harm: 'the pool loses a slot',
            release: '`connection.release()`',
            where: 'in `finally`',
          },
          ...at(4, 28, 4, 52),
        },
      ],
    },
    {
      name: 'a pool that its type shows',
      code: `
import { anything } from './somewhere.js';
export async function run(store: import('pg').Pool) {
  const client = await store.connect();
  await anything(client);
}
`,
      types: true,
      errors: [
        {
          messageId: 'never',
          data: {
            name: 'client',
            source: 'store.connect',
            returned: 'given back',
            harm: 'the pool loses a slot',
            release: '`client.release()`',
            where: 'in `finally`',
          },
          ...at(4, 24, 4, 39),
        },
      ],
    },
  ],
});
