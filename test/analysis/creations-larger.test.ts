import { testSnippets } from './snippets.ts';

/** Shapes of larger applications: each was reported falsely once, or stands beside one that was. */

const inFile = { of: 'creations' } as const;
const at = (filename: string) => ({ of: 'creations', filename }) as const;

testSnippets('code for tests, by what it imports', at('packages/containers/src/index.ts'), {
  'a fixture of a test runner': `
    import { test } from 'vitest';
    import { PrismaClient } from '@prisma/client';
    export const databaseTest = test.extend({
      prisma: async ({ url }, use) => {
        const prisma = new PrismaClient();
        await use(prisma);
        await prisma.$disconnect();
      },
    });
  `,
  'help for containers': `
    import { PostgreSqlContainer } from '@testcontainers/postgresql';
    import { Client } from 'pg';
    export async function countTables() {
      const client = new Client(process.env.DATABASE_URL);
      await client.connect();
      const { rowCount } = await client.query('SELECT * FROM pg_tables');
      await client.end();
      return rowCount;
    }
  `,
});
testSnippets('a module whose name begins like a test runner', at('src/taps.ts'), {
  'no test': `
    import { open } from 'tap-water';
    import { Client } from 'pg';
    export async function countTaps() {
      const client = new Client(process.env.DATABASE_URL); //! built: oneShot, likely
      await client.connect();
      const { rowCount } = await client.query('SELECT * FROM taps');
      await client.end();
      return open(rowCount);
    }
  `,
});

const COUNT = `
    import { Client } from 'pg';
    export async function countUsers() {
      const client = new Client(process.env.DATABASE_URL);
      await client.connect();
      const { rowCount } = await client.query('SELECT * FROM users');
      await client.end();
      return rowCount;
    }
`;
testSnippets('a folder of help for tests', at('packages/core/src/testing/postgresql.ts'), { 'one use': COUNT });
testSnippets('the folder of a browser test', at('apps/web/playwright/support/database.ts'), { 'one use': COUNT });
testSnippets('a folder of migrations with a name of its own', at('apps/server/migrationdb/users.ts'), {
  'one use': COUNT,
});
testSnippets('a program for the terminal, by its name', at('packages/db/auth.cli.ts'), { 'one use': COUNT });

testSnippets('ended only when it fails', inFile, {
  'a factory that returns it in a result': `
    import { createClient } from 'redis';
    export async function createFromEnvironment() {
      const client = createClient({ url: process.env.REDIS_URL }); //! built
      client.on('error', (error) => {
        console.error(error);
        client.destroy();
      });
      try {
        await client.connect();
        return ok(client);
      } catch (error) {
        return failed(error);
      }
    }
  `,
  'a factory that ends what did not connect': `
    import { Client } from 'pg';
    export async function open() {
      const client = new Client(process.env.DATABASE_URL); //! built
      try {
        await client.connect();
        return new Session(client);
      } catch (error) {
        await client.end();
        throw error;
      }
    }
  `,
  'a connection that a timer looks after': `
    import { createClient } from 'redis';
    class Cache {
      constructor() {
        setInterval(() => void this.ensureConnected(), 10_000);
      }
      async ensureConnected() {
        if (this.connected) return;
        this.client = createClient({ url: process.env.REDIS_URL }); //! built
        this.client.on('error', async () => {
          this.connected = false;
          await this.client.disconnect();
        });
        await this.client.connect();
        this.connected = true;
      }
    }
    export default new Cache();
  `,
  'and in the good case, too': `
    import { createClient } from 'redis';
    export async function readFlag(name) {
      const client = createClient({ url: process.env.REDIS_URL }); //! built: oneShot, likely
      client.on('error', () => client.destroy());
      await client.connect();
      const flag = await client.get(name);
      await client.quit();
      return flag;
    }
  `,
  'the work is done, too': `
    import { Client } from 'pg';
    export async function rename(id, name) {
      const client = new Client(process.env.DATABASE_URL); //! built: oneShot, likely
      await client.connect();
      try {
        await client.query('UPDATE users SET name = $1 WHERE id = $2', [name, id]);
      } catch (error) {
        await client.end();
        throw error;
      }
    }
  `,
});

testSnippets('a timer that is stopped when it has succeeded', inFile, {
  'it tries again after a failure': `
    import { MongoClient } from 'mongodb';
    export function start() {
      return new Promise((resolve) => {
        const attempt = async () => MongoClient.connect(process.env.MONGO_URL); //! built
        const timer = setInterval(async () => {
          const client = await attempt();
          clearInterval(timer);
          resolve(client);
        }, 5000);
      });
    }
  `,
  'it asks until an answer is there': `
    import { MongoClient } from 'mongodb';
    export function waitForJob(id) {
      const timer = setInterval(async () => {
        const client = await MongoClient.connect(process.env.MONGO_URL); //! built: slot
        const job = await client.db().collection('jobs').findOne({ id });
        await client.close();
        if (job.done) clearInterval(timer);
      }, 5000);
    }
  `,
});

testSnippets('who constructs it says which database is meant', inFile, {
  'a field of the constructor': `
    import { MongoClient } from 'mongodb';
    export class Memory {
      constructor(fields) {
        this.mongoConnection = fields.mongoConnection;
      }
      async clear() {
        const client = new MongoClient(this.mongoConnection.url); //! built
        await client.db().collection('messages').deleteMany({});
        await client.close();
      }
    }
  `,
  'a parameter property, taken apart': `
    import { DataSource } from 'typeorm';
    export class Saver {
      constructor(private readonly config: SaverOptions) {}
      private async open() {
        const { datasourceOptions } = this.config;
        const dataSource = new DataSource(datasourceOptions); //! built
        await dataSource.initialize();
        return dataSource;
      }
      async delete(id: string) {
        const dataSource = await this.open();
        await dataSource.query('DELETE FROM checkpoints WHERE id = $1', [id]);
        await dataSource.destroy();
      }
    }
  `,
  'spread among the options': `
    import Redis from 'ioredis';
    export class Memory {
      constructor(private redisOptions: RedisOptions) {}
      async withClient(work) {
        const client = new Redis({ ...this.redisOptions, keepAlive: 1000 }); //! built
        try {
          return await work(client);
        } finally {
          await client.quit();
        }
      }
    }
  `,
  'sources of Prisma': `
    import { PrismaClient } from '@prisma/client';
    export async function countRows(url: string) {
      const client = new PrismaClient({ datasources: { db: { url } } }); //! built
      const rows = await client.user.count();
      await client.$disconnect();
      return rows;
    }
  `,
  'not: a service that knows the settings': `
    import { Client } from 'pg';
    export class Reports {
      constructor(private readonly config: ConfigService) {}
      async list() {
        const client = new Client(this.config.get('DATABASE_URL')); //! built: oneShot, likely
        await client.connect();
        const { rows } = await client.query('SELECT * FROM reports');
        await client.end();
        return rows;
      }
    }
  `,
  'not: what the framework constructs': `
    import { Injectable } from '@nestjs/common';
    import { Client } from 'pg';
    @Injectable()
    export class Reports {
      constructor(private readonly options: ReportOptions) {}
      async list() {
        const client = new Client(this.options); //! built: oneShot, likely
        await client.connect();
        const { rows } = await client.query('SELECT * FROM reports');
        await client.end();
        return rows;
      }
    }
  `,
  'not: a field of its own': `
    import { Client } from 'pg';
    export class Reports {
      constructor(logger) {
        this.url = process.env.DATABASE_URL;
      }
      async list() {
        const client = new Client(this.url); //! built: oneShot, likely
        await client.connect();
        const { rows } = await client.query('SELECT * FROM reports');
        await client.end();
        return rows;
      }
    }
  `,
});

testSnippets('the request names the database', inFile, {
  'an argument of a resolver': `
    import { MongoClient } from 'mongodb';
    import { ApolloServer } from '@apollo/server';
    const resolvers = {
      Mutation: {
        async importUsers(parent, args, context) {
          const client = await MongoClient.connect(args.connectionString); //! built
          const users = await client.db().collection('users').find().toArray();
          await client.close();
          return users.length;
        },
      },
    };
    new ApolloServer({ typeDefs, resolvers });
  `,
  'not: the data of a job, which the application wrote itself': `
    import { Worker } from 'bullmq';
    import { Client } from 'pg';
    new Worker('imports', async (job) => { //! built
      const client = new Client({ connectionString: job.data.url }); //! built: slot
      await client.connect();
      await client.query('SELECT * FROM users');
      await client.end();
    });
  `,
});

testSnippets('administration and upgrades', inFile, {
  'the databases of a server': `
    const { MongoClient } = require('mongodb');
    exports.exists = async (name) => {
      const client = await MongoClient.connect(process.env.MONGO_URL); //! built
      const { databases } = await client.db().admin().listDatabases();
      await client.close();
      return databases.some((one) => one.name === name);
    };
  `,
  'an upgrade from another database': `
    const { MongoClient } = require('mongodb');
    exports.upgradeFromMongo = async () => {
      const client = await MongoClient.connect(process.env.OLD_URL); //! built
      const users = await client.db().collection('users').find().toArray();
      await client.close();
      return users;
    };
  `,
});

testSnippets('what describes a database', inFile, {
  'the record of a region': `
    import { MongoClient } from 'mongodb';
    export async function revoke(name: string, region: Region) {
      const conf = region.databaseConf;
      const client = new MongoClient(conf.controlConnectionUri); //! built
      await client.db(name).command({ updateUser: name, roles: [] });
      await client.close();
    }
  `,
  'not: a setting of another name': `
    import { MongoClient } from 'mongodb';
    import { settings } from './settings';
    export async function count() {
      const conf = settings.reports;
      const client = new MongoClient(conf.url); //! built: oneShot, likely
      const found = await client.db().collection('reports').countDocuments();
      await client.close();
      return found;
    }
  `,
});

testSnippets('what is made of it lives on', inFile, {
  'in an adapter that a field keeps': `
    import { MongoClient } from 'mongodb';
    export class Sockets {
      async connect() {
        const client = new MongoClient(process.env.MONGO_URL); //! built
        await client.connect();
        const events = client.db().collection('events');
        await events.createIndex({ createdAt: 1 });
        this.adapter = createAdapter(events);
      }
    }
  `,
  'a promise of itself': `
    import mongoose from 'mongoose';
    async function open(uri) {
      for (let attempt = 0; attempt < 5; attempt++) {
        try {
          const connection = await mongoose.createConnection(uri).asPromise(); //! built
          console.log('connected');
          return connection;
        } catch (error) {
          await sleep(1000);
        }
      }
    }
    export const openAll = (uris) => Promise.all(uris.map((uri) => open(uri)));
  `,
  'not: what is asked of it is returned': `
    import { MongoClient } from 'mongodb';
    export async function latest() {
      const client = new MongoClient(process.env.MONGO_URL); //! built: oneShot, likely
      const events = client.db().collection('events');
      return await newest(events);
    }
  `,
});

testSnippets('a connection that cancels the work of another', inFile, {
  'of pg': `
    import pg from 'pg';
    export function cancel(client) {
      const other = new pg.Client(process.env.DATABASE_URL); //! built
      other.cancel(client, client.activeQuery);
    }
  `,
});

testSnippets('a command of the terminal', at('src/reports/export.command.ts'), { 'one use': COUNT });
testSnippets('tests that were put away', at('.archived-tests/setup.ts'), { 'one use': COUNT });

testSnippets(
  'heard where it goes',
  { of: 'listeners' },
  {
    'a second try, returned': `
    import { Client } from 'pg';
    export const open = async (settings) => {
      let client = new Client(settings); //! built
      try {
        await client.connect();
      } catch {
        client = new Client({ ...settings, ssl: undefined }); //! built
        await client.connect();
      }
      return client;
    };
  `,
  },
);

testSnippets('which development server loads it again', at('src/pages/api/users.ts'), {
  'the one that is imported': `
    import type { NextApiRequest } from 'next';
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient(); //! built: reload, likely
    export default async (request: NextApiRequest, response) => response.json(await prisma.user.findMany());
  `,
});
