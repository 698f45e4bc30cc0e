import rule from '../../rules/require-release.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('require-release', rule, {
  valid: [
    {
      name: 'sequelize gives back a managed transaction by itself',
      code: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
export const create = (User) => sequelize.transaction((transaction) => User.create({}, { transaction }));
`,
    },
    {
      name: 'mongoose, given back in finally',
      code: `
import mongoose from 'mongoose';
async function pay(Order, order: object) {
  const session = await mongoose.startSession();
  try {
    await session.withTransaction(() => Order.create([order], { session }));
  } finally {
    await session.endSession();
  }
}
`,
    },
    {
      name: 'mongodb gives back by itself',
      code: `
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://localhost');
export const read = () => client.withSession((session) => session.withTransaction(work));
`,
    },
  ],
  invalid: [
    {
      name: 'mongodb, session',
      code: `
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://localhost');
async function pay(order: object) {
  const session = client.startSession();
  await client.db().collection('orders').insertOne(order, { session });
  await session.endSession();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'session',
            source: 'client.startSession',
            returned: 'given back',
            line: '6',
            harm: 'a session stays open',
            release: '`session.endSession()`',
            where: 'in `finally`',
          },
          ...at(5, 19, 5, 40),
          suggestions: [
            {
              messageId: 'useUsing',
              data: { name: 'session' },
              output: `
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://localhost');
async function pay(order: object) {
  await using session = client.startSession();
  await client.db().collection('orders').insertOne(order, { session });
}
`,
            },
          ],
        },
      ],
      output: `
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://localhost');
async function pay(order: object) {
  const session = client.startSession();
  try {
    await client.db().collection('orders').insertOne(order, { session });
  } finally {
    await session.endSession();
  }
}
`,
    },
    {
      name: 'mongoose, session',
      code: `
import mongoose from 'mongoose';
async function pay(Order, order: object) {
  const session = await mongoose.startSession();
  session.startTransaction();
  await Order.create([order], { session });
  await session.commitTransaction();
  session.endSession();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'session',
            source: 'mongoose.startSession',
            returned: 'given back',
            line: '6',
            harm: 'a session stays open',
            release: '`session.endSession()`',
            where: 'in `finally`',
          },
          ...at(4, 25, 4, 48),
          suggestions: [
            {
              messageId: 'useUsing',
              data: { name: 'session' },
              output: `
import mongoose from 'mongoose';
async function pay(Order, order: object) {
  await using session = await mongoose.startSession();
  session.startTransaction();
  await Order.create([order], { session });
  await session.commitTransaction();
}
`,
            },
          ],
        },
      ],
      output: `
import mongoose from 'mongoose';
async function pay(Order, order: object) {
  const session = await mongoose.startSession();
  try {
    session.startTransaction();
    await Order.create([order], { session });
    await session.commitTransaction();
  } finally {
    session.endSession();
  }
}
`,
    },
    {
      name: 'sequelize, unmanaged transaction',
      code: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
async function create(User) {
  const transaction = await sequelize.transaction();
  await User.create({}, { transaction });
  await transaction.commit();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'transaction',
            source: 'sequelize.transaction',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`transaction.rollback()`',
            where: 'in `catch`',
          },
          ...at(5, 29, 5, 52),
        },
      ],
      output: `
import { Sequelize } from 'sequelize';
const sequelize = new Sequelize('sqlite::memory:');
async function create(User) {
  const transaction = await sequelize.transaction();
  try {
    await User.create({}, { transaction });
    await transaction.commit();
  } catch (error) {
    await transaction.rollback().catch(() => {});
    throw error;
  }
}
`,
    },
    {
      name: 'knex, transaction',
      code: `
import knex from 'knex';
const db = knex({});
async function create() {
  const trx = await db.transaction();
  await trx('users').insert({});
  await trx.commit();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'trx',
            source: 'db.transaction',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`trx.rollback()`',
            where: 'in `catch`',
          },
          ...at(5, 21, 5, 37),
        },
      ],
      output: `
import knex from 'knex';
const db = knex({});
async function create() {
  const trx = await db.transaction();
  try {
    await trx('users').insert({});
    await trx.commit();
  } catch (error) {
    await trx.rollback().catch(() => {});
    throw error;
  }
}
`,
    },
    {
      name: 'generic-pool',
      code: `
import { createPool } from 'generic-pool';
const pool = createPool(factory);
async function print(url: string) {
  const browser = await pool.acquire();
  await browser.open(url);
  await pool.release(browser);
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'browser',
            source: 'pool.acquire',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`pool.release(browser)`',
            where: 'in `finally`',
          },
          ...at(5, 25, 5, 39),
        },
      ],
      output: `
import { createPool } from 'generic-pool';
const pool = createPool(factory);
async function print(url: string) {
  const browser = await pool.acquire();
  try {
    await browser.open(url);
  } finally {
    await pool.release(browser);
  }
}
`,
    },
    {
      name: 'oracledb',
      code: `
import oracledb from 'oracledb';
async function today() {
  const connection = await oracledb.getConnection();
  const result = await connection.execute('SELECT sysdate FROM dual');
  await connection.close();
  return result;
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'connection',
            source: 'oracledb.getConnection',
            returned: 'given back',
            line: '5',
            harm: 'the pool loses a slot',
            release: '`connection.close()`',
            where: 'in `finally`',
          },
          ...at(4, 28, 4, 52),
          suggestions: [
            {
              messageId: 'useUsing',
              data: { name: 'connection' },
              output: `
import oracledb from 'oracledb';
async function today() {
  await using connection = await oracledb.getConnection();
  const result = await connection.execute('SELECT sysdate FROM dual');
  return result;
}
`,
            },
          ],
        },
      ],
      output: `
import oracledb from 'oracledb';
async function today() {
  const connection = await oracledb.getConnection();
  try {
    const result = await connection.execute('SELECT sysdate FROM dual');
    return result;
  } finally {
    await connection.close();
  }
}
`,
    },
    {
      name: 'postgres.js, reserved connection',
      code: `
import postgres from 'postgres';
const sql = postgres();
async function lock(id: number) {
  const reserved = await sql.reserve();
  await reserved\`SELECT pg_advisory_lock(\${id})\`;
  reserved.release();
}
`,
      errors: [
        {
          messageId: 'throw',
          data: {
            name: 'reserved',
            source: 'sql.reserve',
            returned: 'given back',
            line: '6',
            harm: 'the pool loses a slot',
            release: '`reserved.release()`',
            where: 'in `finally`',
          },
          ...at(5, 26, 5, 39),
        },
      ],
      output: `
import postgres from 'postgres';
const sql = postgres();
async function lock(id: number) {
  const reserved = await sql.reserve();
  try {
    await reserved\`SELECT pg_advisory_lock(\${id})\`;
  } finally {
    reserved.release();
  }
}
`,
    },
  ],
});
