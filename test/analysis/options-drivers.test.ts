import { testOptions } from './options-table.ts';

/** Every documented way to build what each driver has, with its options read and its own defaults. */

testOptions('pg', `import pg, { Client, Pool } from 'pg';`, {
  pool: `new Pool(); //! max: 10 by default; min: 0 by default; acquire: unbounded by default; idle: 10000 by default; lifetime: unbounded by default`,
  'with options': `new pg.Pool({ max: 5, connectionTimeoutMillis: 3000, idleTimeoutMillis: 0, maxLifetimeSeconds: 60 }); //! max: 5; acquire: 3000; idle: unbounded; lifetime: 60`,
  'the other name': `new Pool({ poolSize: 5 }); //! max: 5`,
  'the other name below the first': `new Pool({ max: 5, poolSize: 7 }); //! max: open`,
  'timeouts of queries': `new Pool({ statement_timeout: 1000, query_timeout: 2000, lock_timeout: 3000 }); //! statement: 1000; query: 2000; lock: 3000`,
  client: `new Client({ connectionTimeoutMillis: 3000 }); //! connect: 3000; query: unbounded by default; acquire: open`,
  'a client of a string': `new Client('postgres://h/db?statement_timeout=5000'); //! statement: 5000; connect: unbounded by default`,
  CommonJS: `const other = require('pg'); new other.Pool({ max: 5 }); //! max: 5`,
});

testOptions('mysql2', `import mysql from 'mysql2/promise';`, {
  options: `mysql.createPool({ host: 'h' }); //! max: 10 by default; queue: unbounded by default; connect: 10000 by default; acquire: open`,
  'a string': `mysql.createPool('mysql://h/db'); //! max: 10 by default`,
  uri: `mysql.createPool({ uri: 'mysql://h/db', connectionLimit: 0, queueLimit: 100 }); //! max: unbounded; queue: 100`,
  'without promises': `import { createPool } from 'mysql2'; createPool({ connectionLimit: 5 }); //! max: 5`,
  connection: `await mysql.createConnection({ connectTimeout: 0 }); //! connect: unbounded`,
});

testOptions('mysql', `import mysql from 'mysql';`, {
  options: `mysql.createPool({ connectionLimit: 0 }); //! max: unbounded; queue: unbounded by default; connect: 10000 by default`,
  'a string': `mysql.createPool('mysql://h/db?connectionLimit=5'); //! max: 5`,
  connection: `mysql.createConnection({ connectTimeout: 3000 }); //! connect: 3000`,
});

testOptions('mariadb', `import mariadb from 'mariadb';`, {
  options: `mariadb.createPool({ connectionLimit: 5 }); //! max: 5; acquire: 10000 by default; connect: 1000 by default; idle: 1800 by default`,
  'a string': `mariadb.createPool('mariadb://h/db?connectionLimit=5&acquireTimeout=0'); //! max: 5; acquire: at once`,
  connection: `await mariadb.createConnection({ connectTimeout: 3000 }); //! connect: 3000`,
});

testOptions('postgres.js', `import postgres from 'postgres';`, {
  url: `postgres('postgres://h/db'); //! max: 10 by default; connect: 30 by default; idle: unbounded by default; lifetime: 3600 by default`,
  'url and options': `postgres('postgres://h/db', { max: 0, idle_timeout: 20, connection: { statement_timeout: 1000 } }); //! max: none; idle: 20; statement: 1000`,
  options: `postgres({ max: 5, connect_timeout: 5 }); //! max: 5; connect: 5`,
});

testOptions('ioredis', `import Redis, { Cluster } from 'ioredis';`, {
  nothing: `new Redis(); //! connect: 10000 by default; command: unbounded by default`,
  port: `new Redis(6379); //! command: unbounded by default`,
  'port, host': `new Redis(6379, 'h'); //! command: unbounded by default`,
  'port, host, options': `new Redis(6379, 'h', { commandTimeout: 500 }); //! command: 500; connect: 10000 by default`,
  'port, options': `new Redis(6379, { commandTimeout: 500 }); //! command: 500`,
  url: `new Redis('redis://h:6379'); //! connect: 10000 by default`,
  'url and options': `new Redis('redis://h', { commandTimeout: 0 }); //! command: at once`,
  options: `new Redis({ connectTimeout: 0 }); //! connect: unbounded`,
  cluster: `new Cluster([{ host: 'h' }], { redisOptions: { commandTimeout: 500 } }); //! command: 500; connect: 10000 by default`,
  'cluster of the class': `new Redis.Cluster([{ host: 'h' }]); //! command: unbounded by default`,
  'port and host of a config': `new Redis(config.port, config.host, { commandTimeout: 500 }); //! command: 500; connect: 10000 by default`,
});

testOptions('redis', `import { createClient, createClientPool } from 'redis';`, {
  nothing: `createClient(); //! connect: 5000 by default; command: 5000 by default; queue: unbounded by default`,
  'url and socket': `createClient({ url: process.env.REDIS_URL, socket: { connectTimeout: 0 } }); //! connect: unbounded; socket: unbounded by default`,
  pool: `createClientPool({ url }, { maximum: 5, acquireTimeout: 0 }); //! max: 5; acquire: unbounded`,
  'pool of nothing': `createClientPool(); //! max: 100 by default; acquire: 3000 by default`,
});

testOptions('mongodb', `import { MongoClient } from 'mongodb';`, {
  url: `new MongoClient('mongodb://h'); //! max: 100 by default; acquire: unbounded by default; connect: 30000 by default`,
  'url and options': `new MongoClient(process.env.URL, { maxPoolSize: 0, waitQueueTimeoutMS: 5000 }); //! max: unbounded; acquire: 5000; socket: open`,
  'unknown url': `new MongoClient(uri); //! max: open`,
  parameters: `new MongoClient('mongodb://h/?maxPoolSize=5&waitQueueTimeoutMS=100'); //! max: 5; acquire: 100`,
  'parameters in another case': `new MongoClient('mongodb://h/?maxpoolsize=0'); //! max: unbounded`,
  'options over parameters': `new MongoClient('mongodb://h/?maxPoolSize=5', { maxPoolSize: 7 }); //! max: 7`,
  connect: `await MongoClient.connect('mongodb://h', { maxPoolSize: 5 }); //! max: 5`,
  'connect with a callback': `MongoClient.connect('mongodb://h', (error, client) => {}); //! max: 100 by default`,
  'connect with options and a callback': `MongoClient.connect('mongodb://h', { maxPoolSize: 5 }, (error, client) => {}); //! max: 5`,
});

testOptions('mongoose', `import mongoose from 'mongoose';`, {
  createConnection: `mongoose.createConnection('mongodb://h', { maxPoolSize: 0 }); //! max: unbounded`,
});

testOptions('sequelize', `import { Sequelize } from 'sequelize';`, {
  'database, user, password, options': `new Sequelize('db', 'user', 'pw', { dialect: 'postgres', pool: { max: 0 } }); //! max: throws; acquire: 60000 by default`,
  'database, user, password': `new Sequelize('db', 'user', 'pw'); //! max: 5 by default`,
  'from a config': `new Sequelize(config.db, config.user, config.pw, { pool: { max: 7 } }); //! max: 7`,
  url: `new Sequelize('postgres://h/db'); //! max: 5 by default; idle: 10000 by default`,
  'url and options': `new Sequelize(process.env.URL, { pool: { max: 7, acquire: 0 } }); //! max: 7; acquire: 30000`,
  options: `new Sequelize({ dialect: 'mysql', pool: { max: 7 }, dialectOptions: { connectTimeout: 0 } }); //! max: 7; connect: unbounded`,
  'statement timeout': `new Sequelize({ dialect: 'postgres', dialectOptions: { statement_timeout: 1000 } }); //! statement: 1000; query: unbounded by default`,
});

testOptions('knex', `import knex, { knex as named } from 'knex';`, {
  options: `knex({ client: 'pg' }); //! max: 10 by default; min: 2 by default; acquire: 60000 by default; lifetime: unbounded by default`,
  'a string': `knex('postgres://h/db'); //! max: 10 by default`,
  named: `named({ client: 'pg', pool: { max: 0 } }); //! max: none`,
  'the shorter wait counts': `knex({ client: 'pg', acquireConnectionTimeout: 5000, pool: { acquireTimeoutMillis: 10000 } }); //! acquire: 5000`,
  CommonJS: `const db = require('knex')({ client: 'pg', pool: { max: 5 } }); //! max: 5`,
});

testOptions('typeorm', `import { DataSource, createConnection } from 'typeorm';`, {
  nothing: `new DataSource({ type: 'postgres' }); //! max: 10 by default; acquire: unbounded by default`,
  poolSize: `new DataSource({ type: 'postgres', poolSize: 5, connectTimeoutMS: 3000 }); //! max: 5; acquire: 3000`,
  extra: `new DataSource({ type: 'postgres', poolSize: 7, extra: { max: 5 } }); //! max: 5`,
  'extra, unknown': `new DataSource({ type: 'postgres', poolSize: 7, extra }); //! max: open`,
  mysql: `new DataSource({ type: 'mysql', extra: { connectionLimit: 0 } }); //! max: unbounded`,
  'a url of mysql': `new DataSource({ type: 'mysql', url: process.env.URL }); //! max: 10 by default`,
  'a url of postgres': `new DataSource({ type: 'postgres', url: process.env.URL }); //! max: 10 by default; statement: open`,
  mssql: `new DataSource({ type: 'mssql', pool: { max: 5 } }); //! max: 5`,
  'an unknown type': `new DataSource({ type: process.env.DB, extra: { max: 5 } }); //! max: open`,
});

testOptions('generic-pool', `import genericPool, { createPool } from 'generic-pool';`, {
  nothing: `genericPool.createPool(factory); //! max: 1 by default; queue: unbounded by default; acquire: unbounded by default`,
  options: `createPool(factory, { max: 5, acquireTimeoutMillis: 1000, maxWaitingClients: 0 }); //! max: 5; acquire: 1000; queue: none`,
  'a factory in place': `createPool({ create, destroy }, { max: 5 }); //! max: 5`,
});

testOptions('agents', `import http from 'node:http'; import https from 'https';`, {
  options: `new http.Agent({ keepAlive: true }); //! max: unbounded by default; socket: unbounded by default`,
  maxSockets: `new https.Agent({ keepAlive: true, maxSockets: 50 }); //! max: 50`,
  maxTotalSockets: `new https.Agent({ keepAlive: true, maxTotalSockets: 100 }); //! max: 100`,
});

testOptions(
  'undici',
  `import { Agent, Client, Pool, BalancedPool, ProxyAgent, RetryAgent, setGlobalDispatcher } from 'undici';`,
  {
    pool: `new Pool('http://h'); //! max: unbounded by default; http: 300000 by default`,
    'pool with options': `new Pool('http://h', { connections: 5, headersTimeout: 0 }); //! max: 5; http: unbounded`,
    'pool of a URL object': `new Pool(new URL('http://h')); //! max: unbounded by default`,
    balanced: `new BalancedPool(['http://a', 'http://b'], { connections: 5 }); //! max: 5`,
    'balanced, alone': `new BalancedPool(['http://a']); //! max: unbounded by default`,
    agent: `setGlobalDispatcher(new Agent({ connections: 5 })); //! max: 5; connect: 10000 by default`,
    'agent of nothing': `new Agent(); //! max: unbounded by default`,
    client: `new Client('http://h', { headersTimeout: 1000 }); //! http: 1000; socket: 300000 by default`,
  },
);

testOptions('pg-promise', `import pgPromise from 'pg-promise'; const pgp = pgPromise();`, {
  options: `pgp({ host: 'h', max: 5 }); //! max: 5; acquire: unbounded by default`,
  string: `pgp('postgres://h/db'); //! max: 10 by default`,
});

testOptions('slonik', `import { createPool } from 'slonik';`, {
  url: `await createPool('postgres://h/db'); //! max: 10 by default; statement: 60000 by default; connect: 5000 by default; acquire: open`,
  'url and options': `createPool(process.env.URL, { maximumPoolSize: 5, statementTimeout: 1000 }); //! max: 5; statement: 1000`,
});

testOptions('oracledb', `import oracledb from 'oracledb';`, {
  pool: `await oracledb.createPool({ user: 'u' }); //! max: 4 by default; acquire: 60000 by default; queue: 500 by default; idle: 60 by default`,
  'with options': `oracledb.createPool({ poolMax: 10, queueTimeout: 0 }); //! max: 10; acquire: unbounded`,
});

testOptions('drizzle', `import { drizzle } from 'drizzle-orm/node-postgres';`, {
  url: `drizzle('postgres://h/db'); //! max: 10 by default`,
  connection: `drizzle({ connection: { connectionString: process.env.URL, max: 5 } }); //! max: 5; acquire: unbounded by default`,
  'connection as a string': `drizzle({ connection: 'postgres://h/db?statement_timeout=5' }); //! max: 10 by default; statement: 5`,
  mysql2: `import { drizzle as mysql } from 'drizzle-orm/mysql2'; mysql({ connection: { uri: 'mysql://h/db', connectionLimit: 0 } }); //! max: unbounded`,
  'postgres-js': `import { drizzle as pgjs } from 'drizzle-orm/postgres-js'; pgjs({ connection: { url: 'postgres://h/db?connect_timeout=5', max: 5 } }); //! max: 5`,
});

testOptions('cassandra-driver', `import cassandra from 'cassandra-driver';`, {
  client: `new cassandra.Client({ contactPoints: ['h'] }); //! connect: 5000 by default; query: 12000 by default; queue: 2048 by default`,
  options: `new cassandra.Client({ socketOptions: { readTimeout: 0 } }); //! query: unbounded`,
});

testOptions('mssql', `import sql from 'mssql';`, {
  pool: `new sql.ConnectionPool({ server: 'h' }); //! max: 10 by default; query: 15000 by default; connect: 15000 by default; acquire: 30000 by default; idle: 30000 by default`,
  'pool with options': `new sql.ConnectionPool({ server: 'h', pool: { max: 0 }, requestTimeout: 0 }); //! max: throws; query: unbounded`,
  'a connection string': `new sql.ConnectionPool('Server=h;Max Pool Size=5;Request Timeout=0;Database=db'); //! max: 5; query: unbounded; acquire: 30000 by default`,
  'a connection string without a size': `new sql.ConnectionPool('Server=h;Database=db'); //! max: 10 by default`,
});

testOptions(
  'Prisma',
  `import { PrismaClient } from '@prisma/client'; import { PrismaPg } from '@prisma/adapter-pg'; import { PrismaMariaDb } from '@prisma/adapter-mariadb';`,
  {
    nothing: `new PrismaClient(); //! max: open; acquire: open`,
    datasourceUrl: `new PrismaClient({ datasourceUrl: 'postgres://h/db?connection_limit=5' }); //! max: 5`,
    'a template': 'new PrismaClient({ datasourceUrl: `${process.env.URL}?connection_limit=5` }); //! max: open',
    'the environment': `new PrismaClient({ datasourceUrl: process.env.URL }); //! max: open`,
    datasources: `new PrismaClient({ datasources: { db: { url: 'postgres://h/db?pool_timeout=0' } } }); //! connect: 5 by default`,
    adapter: `const adapter = new PrismaPg({ connectionString: process.env.URL, max: 5 }); //! max: 5; acquire: unbounded by default`,
    'a client with an adapter': `new PrismaClient({ adapter: make() }); //! max: open; connect: open`,
    mariadb: `new PrismaMariaDb({ host: 'h', connectionLimit: 5 }); //! max: 5; acquire: 10000 by default`,
  },
);

// They open the connection of the module: nothing new is built, but it is set up here.
testOptions('mongoose.connect', `import mongoose from 'mongoose';`, {
  connect: `await mongoose.connect('mongodb://h'); //! max: 100 by default; acquire: unbounded by default`,
  'with options': `mongoose.connect(process.env.URL, { maxPoolSize: 5 }); //! max: 5; acquire: open`,
});

testOptions('mssql.connect', `import sql from 'mssql';`, {
  connect: `await sql.connect({ server: 'h', pool: { max: 5 } }); //! max: 5`,
});
