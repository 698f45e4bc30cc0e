import { fails, testSnippets } from './snippets.ts';

/** Shapes met in applications. */

const inFunction = {
  frame: `import { Pool } from 'pg';
const pool = new Pool();
async function run(req, res, next, rows) {
…
}`,
};

testSnippets('giving back in unusual ways', inFunction, {
  'a handler that answers in each branch': `
    const client = await pool.connect(); //! taken
    try {
      const { rows } = await client.query('SELECT 1');
      if (rows.length === 0) return res.status(404).end();
      return res.json(rows);
    } catch (error) {
      return next(error);
    } finally {
      client.release();
    }
  `,
  'a list filled in a loop': `
    const clients = [];
    for (let i = 0; i < 3; i++) clients.push(await pool.connect());
    clients.forEach((client) => client.release());
  `,
  'a list made at once': `
    const clients = await Promise.all(rows.map(() => pool.connect()));
    for (const client of clients) client.release();
  `,
  'both in Promise.all of a finally': `
    const runner = await pool.connect(); //! taken
    try {
      await work(runner);
    } finally {
      await Promise.all([runner.release(), audit()]);
    }
  `,
  'set to null after the release in finally': `
    let client = null;
    try {
      client = await pool.connect(); //! taken
      await client.query('SELECT 1');
    } catch (error) {
      console.error(error);
    } finally {
      if (client !== null) {
        client.release();
        client = null;
      }
    }
  `,
  'undefined after the release in catch': `
    let client = await pool.connect(); //! taken
    try {
      await client.query('SELECT 1');
    } catch (error) {
      client.release(error);
      client = undefined;
      throw error;
    } finally {
      client?.release();
    }
  `,
  'a flag set before the release': `
    const client = await pool.connect(); //! taken
    let done = false;
    const finish = (error) => {
      if (done) return;
      done = true;
      client.release(error);
    };
    try {
      await work(client);
      finish();
    } catch (error) {
      finish(error);
      throw error;
    }
  `,
  'a disposable stack': fails(
    'the hand-over itself is taken to throw',
    `
      await using stack = new AsyncDisposableStack();
      const client = await pool.connect(); //! taken
      stack.defer(() => client.release());
      await work(client);
    `,
  ),
  'a list of clean-ups': `
    const client = await pool.connect(); //! taken
    cleanups.push(() => client.release());
    await work(client);
  `,
  'the callback of a cursor that is closed': `
    const client = await pool.connect(); //! taken
    const cursor = client.query(new Cursor('SELECT 1')); //! unlikely throw
    cursor.read(10, (error, rows) => {
      cursor.close(() => client.release());
    });
  `,
  'a pipeline in try/finally': `
    const client = await pool.connect(); //! taken
    try {
      await pipeline(req, client.query(copyFrom('COPY a FROM STDIN')));
    } finally {
      client.release();
    }
  `,
  'a race with a timeout': `
    const client = await pool.connect(); //! taken
    try {
      return await Promise.race([client.query('SELECT 1'), sleep(1000)]);
    } finally {
      client.release();
    }
  `,
  setImmediate: `
    const client = await pool.connect(); //! taken
    setImmediate(() => client.release());
  `,
  'rollback and release in one if of the catch': `
    let client;
    try {
      client = await pool.connect(); //! taken
      await client.query('BEGIN');
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      if (client) {
        await client.query('ROLLBACK').catch(() => {});
        client.release();
      }
      throw error;
    }
  `,
  'ended by a promise that is returned in an object': `
    const client = await pool.connect(); //! taken
    return {
      rows: client.query('SELECT 1').finally(() => client.release()),
    };
  `,
  'an object with methods of its own': `
    const client = await pool.connect(); //! taken
    return {
      query: (text) => client.query(text),
      async [Symbol.asyncDispose]() {
        client.release();
      },
    };
  `,
  'Object.assign': `
    const client = await pool.connect(); //! taken
    return Object.assign(client, { tenant: req.tenant });
  `,
  'put on the request for later': `
    const client = await pool.connect(); //! taken
    req.db = client;
    next();
  `,
  'kept in the request, and given back at its end': `
    req.client = await pool.connect();
    res.on('finish', () => req.client.release());
    next();
  `,
  'an outer function gets it as an argument of a call that is returned': `
      const client = await pool.connect(); //! taken
      return work(client).finally(() => client.release());
    `,
  'the result of the release is awaited in a helper': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      await safely(() => client.release());
    }
  `,
  'a release that may fail is guarded': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      try {
        client.release();
      } catch (error) {
        console.error(error);
      }
    }
  `,
  'a void statement': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      void client.release();
    }
  `,
  'optional chaining into the release of a list': `
    const [client] = [await pool.connect()];
    client.release();
  `,
});

testSnippets('losses that look right', inFunction, {
  'the answer is sent before the release and the query is not guarded': `
    const client = await pool.connect(); //! taken
    const { rows: users } = await client.query('SELECT 1'); //! throw
    res.json(users);
    client.release();
  `,
  'validation throws after the checkout': `
    const client = await pool.connect(); //! taken
    try {
      if (!req.body) return res.status(400).end(); //! exit
      await client.query('SELECT 1');
      client.release();
    } catch (error) {
      client.release();
      next(error);
    }
  `,
  'await in the argument of the release': `
    const client = await pool.connect(); //! taken
    client.release(await isBroken()); //! throw
  `,
  'released in finally of an inner function only': `
    const client = await pool.connect(); //! taken, never
    const inner = async () => {
      try {
        await work();
      } finally {
        console.log('done');
      }
    };
    await inner();
  `,
  'a finally of the wrong try': `
    const client = await pool.connect(); //! taken
    try {
      await prepare(client); //! throw
    } finally {
      console.log('prepared');
    }
    await work(client);
    client.release();
  `,
  'another one is released': `
    const a = await pool.connect(); //! a: taken, a: never
    const b = await pool.connect(); //! b: taken
    b.release();
  `,
  'a new one of the same name in an inner block': `
    const client = await pool.connect(); //! client: taken, client: never
    {
      const client = await pool.connect(); //! client: taken
      client.release();
    }
  `,
  'released only when there was an error': fails(
    'the witness is of the other value of the flag',
    `
      const client = await pool.connect(); //! taken
      let failed = false;
      try {
        await work(client);
      } catch {
        failed = true;
      }
      if (failed) client.release(); //! path
    `,
  ),
  'an async forEach that releases': `
    const client = await pool.connect(); //! taken
    await Promise.all(rows.map((row) => client.query(row))); //! throw
    client.release();
  `,
});

testSnippets(
  'libraries',
  {},
  {
    'typeorm: a runner for reading': `
    export async function run(source) {
      const runner = source.createQueryRunner('slave'); //! taken, likely
      try {
        return await source.createQueryBuilder('user', 'u').setQueryRunner(runner).getMany();
      } finally {
        await runner.release();
      }
    }
  `,
    'typeorm: a manager of the runner is lent': `
    export async function run(source, work) {
      const runner = source.createQueryRunner(); //! taken, likely
      await runner.connect();
      await runner.startTransaction(); //! throw
      try {
        const result = await work(runner.manager);
        await runner.commitTransaction();
        return result;
      } catch (error) {
        await runner.rollbackTransaction();
        throw error;
      } finally {
        await runner.release();
      }
    }
  `,
    'typeorm: a runner kept for the requests of NestJS': `
    export class Interceptor {
      constructor(private source: import('typeorm').DataSource) {}
      async intercept(context, next) {
        const runner = this.source.createQueryRunner(); //! taken
        await runner.connect();
        return next.handle().pipe(finalize(() => runner.release())); //! unlikely throw
      }
    }
  `,
    'typeorm: a migration gets its runner': `
    import type { MigrationInterface, QueryRunner } from 'typeorm';
    export class Init1 implements MigrationInterface {
      async up(runner: QueryRunner) {
        await runner.query('CREATE TABLE a (id int)');
      }
      async down(runner: QueryRunner) {
        await runner.query('DROP TABLE a');
      }
    }
  `,
    'sequelize: the transaction of the caller or one of our own': `
    import { Sequelize } from 'sequelize';
    const sequelize = new Sequelize('');
    export async function run(User, options) {
      const transaction = options.transaction ?? (await sequelize.transaction()); //! taken
      try {
        await User.create({}, { transaction });
        if (!options.transaction) await transaction.commit();
      } catch (error) {
        if (!options.transaction) await transaction.rollback();
        throw error;
      }
    }
  `,
    'sequelize: commit inside, rollback only if not finished': `
      import { Sequelize } from 'sequelize';
      const sequelize = new Sequelize('');
      export async function run(User) {
        const t = await sequelize.transaction(); //! taken
        try {
          await User.create({}, { transaction: t });
          await t.commit();
        } catch (error) {
          if (!t.finished) await t.rollback();
          throw error;
        }
      }
      `,
    'knex: rollback only if not completed': `
        import knex from 'knex';
        const db = knex({});
        export async function run() {
          const trx = await db.transaction(); //! taken
          try {
            await trx('a').insert({});
            await trx.commit();
          } catch (error) {
            if (!trx.isCompleted()) await trx.rollback();
            throw error;
          }
        }
      `,
    'typeorm: released only if not released': `
        export async function run(source) {
          const runner = source.createQueryRunner(); //! taken, likely
          try {
            await runner.connect();
            await runner.query('SELECT 1');
          } finally {
            if (!runner.isReleased) await runner.release();
          }
        }
      `,
    'typeorm: rolled back only if active': `
        export async function run(source, user) {
          const runner = source.createQueryRunner(); //! taken, likely
          try {
            await runner.startTransaction();
            await runner.manager.save(user);
            await runner.commitTransaction();
          } catch (error) {
            if (runner.isTransactionActive) await runner.rollbackTransaction();
            throw error;
          } finally {
            if (runner && !runner.isReleased) {
              await runner.release();
            }
          }
        }
      `,
    'mongoose: aborted only inside a transaction': `
      import mongoose from 'mongoose';
      export async function run(User) {
        const session = await mongoose.startSession(); //! taken
        try {
          session.startTransaction();
          await User.create([{}], { session });
          await session.commitTransaction();
        } catch (error) {
          if (session.inTransaction()) await session.abortTransaction();
          throw error;
        } finally {
          await session.endSession();
        }
      }
    `,
    'pg: released only if not ended': `
      import { Pool } from 'pg';
      const pool = new Pool();
      export async function run() {
        const client = await pool.connect(); //! taken
        try {
          await client.query('SELECT 1');
        } finally {
          if (!client._ending) client.release();
        }
      }
    `,
    'knex: a transaction given on with transacting': `
    import knex from 'knex';
    const db = knex({});
    export async function run() {
      const trx = await db.transaction(); //! taken
      try {
        await db('a').insert({}).transacting(trx);
        await trx.commit();
      } catch {
        await trx.rollback();
      }
    }
  `,
    'mongoose: withTransaction in try/finally': `
    import mongoose from 'mongoose';
    export async function run(User) {
      const session = await mongoose.connection.startSession(); //! taken
      try {
        await session.withTransaction(() => User.create([{}], { session }));
      } finally {
        await session.endSession();
      }
    }
  `,
    'mongoose: commit, then end, in try; abort and end in catch': `
    import mongoose from 'mongoose';
    export async function run(User) {
      const session = await mongoose.startSession(); //! taken
      session.startTransaction();
      try {
        await User.create([{}], { session });
        await session.commitTransaction();
      } catch (error) {
        await session.abortTransaction();
        throw error;
      } finally {
        session.endSession();
      }
    }
  `,
    'prisma has no checkout': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export const run = () => prisma.$transaction([prisma.user.findMany()]);
  `,
    'mysql: a promise around getConnection that rejects and resolves': `
    import mysql from 'mysql';
    const pool = mysql.createPool({});
    export const query = (sql) =>
      new Promise((resolve, reject) => {
        pool.getConnection((err, connection) => { //! taken
          if (err) return reject(err);
          connection.query(sql, (err, rows) => {
            connection.release();
            if (err) return reject(err);
            resolve(rows);
          });
        });
      });
  `,
    'mysql: the same, with the release forgotten on the error': `
    import mysql from 'mysql';
    const pool = mysql.createPool({});
    export const query = (sql) =>
      new Promise((resolve, reject) => {
        pool.getConnection((err, connection) => { //! taken
          if (err) return reject(err);
          connection.query(sql, (err, rows) => {
            if (err) return reject(err); //! exit
            connection.release();
            resolve(rows);
          });
        });
      });
  `,
    'mysql: rollback with a callback that releases': `
      import mysql from 'mysql';
      const pool = mysql.createPool({});
      export function run(callback) {
        pool.getConnection((err, connection) => { //! taken
          if (err) return callback(err);
          connection.beginTransaction((err) => {
            if (err) {
              connection.release();
              return callback(err);
            }
            connection.query('INSERT', (err) => {
              if (err) {
                return connection.rollback(() => {
                  connection.release();
                  callback(err);
                });
              }
              connection.commit((err) => {
                if (err) {
                  return connection.rollback(() => {
                    connection.release();
                    callback(err);
                  });
                }
                connection.release();
                callback(null);
              });
            });
          });
        });
      }
      `,
    'mysql: rollback with a callback that forgets': `
    import mysql from 'mysql';
    const pool = mysql.createPool({});
    export function run(callback) {
      pool.getConnection((err, connection) => { //! taken
        if (err) return callback(err);
        connection.query('INSERT', (err) => {
          if (err) {
            return connection.rollback(() => { //! exit
              callback(err);
            });
          }
          connection.release();
          callback(null);
        });
      });
    }
  `,
  },
);
