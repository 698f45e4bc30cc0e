import type { Driver } from './driver.ts';
import { agentkeepalive } from './agentkeepalive.ts';
import { amqplibCallback } from './amqplib-callback.ts';
import { amqplib } from './amqplib.ts';
import { axios } from './axios.ts';
import { bullmq } from './bullmq.ts';
import { cassandraDriver } from './cassandra-driver.ts';
import { clickhouseClient } from './clickhouse-client.ts';
import { databases } from './databases.ts';
import { drizzleMysql2 } from './drizzle-mysql2.ts';
import { drizzleNodePostgres } from './drizzle-node-postgres.ts';
import { drizzlePostgresJs } from './drizzle-postgres-js.ts';
import { elasticsearch } from './elasticsearch.ts';
import { genericPool } from './generic-pool.ts';
import { got } from './got.ts';
import { ioredis } from './ioredis.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { mariadbCallback } from './mariadb-callback.ts';
import { mariadb } from './mariadb.ts';
import { memcached } from './memcached.ts';
import { memjs } from './memjs.ts';
import { mikroOrm } from './mikro-orm.ts';
import { mongodb } from './mongodb.ts';
import { mongoose } from './mongoose.ts';
import { mssql } from './mssql.ts';
import { mysql } from './mysql.ts';
import { mysql2Promise } from './mysql2-promise.ts';
import { mysql2 } from './mysql2.ts';
import { neonServerless } from './neondatabase-serverless.ts';
import { nodeHttp } from './node-http.ts';
import { objection } from './objection.ts';
import { oracledb } from './oracledb.ts';
import { pgNative } from './pg-native.ts';
import { pgPool } from './pg-pool.ts';
import { pgPromise } from './pg-promise.ts';
import { pg } from './pg.ts';
import { postgres } from './postgres.ts';
import { prismaAdapters } from './prisma-adapters.ts';
import { prismaClient } from './prisma-client.ts';
import { proxyAgents } from './proxy-agents.ts';
import { redis } from './redis.ts';
import { sequelizeCore } from './sequelize-core.ts';
import { sequelize } from './sequelize.ts';
import { slonik } from './slonik.ts';
import { snowflakeSdk } from './snowflake-sdk.ts';
import { tarn } from './tarn.ts';
import { tedious } from './tedious.ts';
import { typeorm } from './typeorm.ts';
import { undici } from './undici.ts';
import { vercelPostgres } from './vercel-postgres.ts';

/** Every driver we know, alphabetical by file. */
export const drivers: readonly Driver[] = [
  agentkeepalive,
  amqplibCallback,
  amqplib,
  axios,
  bullmq,
  cassandraDriver,
  clickhouseClient,
  databases,
  drizzleMysql2,
  drizzleNodePostgres,
  drizzlePostgresJs,
  elasticsearch,
  genericPool,
  got,
  ioredis,
  knex,
  kysely,
  mariadbCallback,
  mariadb,
  memcached,
  memjs,
  mikroOrm,
  mongodb,
  mongoose,
  mssql,
  mysql,
  mysql2Promise,
  mysql2,
  neonServerless,
  nodeHttp,
  objection,
  oracledb,
  pgNative,
  pgPool,
  pgPromise,
  pg,
  postgres,
  prismaAdapters,
  prismaClient,
  proxyAgents,
  redis,
  sequelizeCore,
  sequelize,
  slonik,
  snowflakeSdk,
  tarn,
  tedious,
  typeorm,
  undici,
  vercelPostgres,
];
