import type { Driver } from './driver.ts';
import { agentkeepalive } from './agentkeepalive.ts';
import { databases } from './databases.ts';
import { drizzleMysql2 } from './drizzle-mysql2.ts';
import { drizzleNodePostgres } from './drizzle-node-postgres.ts';
import { drizzlePostgresJs } from './drizzle-postgres-js.ts';
import { genericPool } from './generic-pool.ts';
import { ioredis } from './ioredis.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { mariadbCallback } from './mariadb-callback.ts';
import { mariadb } from './mariadb.ts';
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
import { pgPool } from './pg-pool.ts';
import { pgPromise } from './pg-promise.ts';
import { pg } from './pg.ts';
import { postgres } from './postgres.ts';
import { prismaClient } from './prisma-client.ts';
import { redis } from './redis.ts';
import { sequelizeCore } from './sequelize-core.ts';
import { sequelize } from './sequelize.ts';
import { slonik } from './slonik.ts';
import { tarn } from './tarn.ts';
import { typeorm } from './typeorm.ts';
import { undici } from './undici.ts';
import { vercelPostgres } from './vercel-postgres.ts';

/** Every driver we know, alphabetical by file. */
export const drivers: readonly Driver[] = [
  agentkeepalive,
  databases,
  drizzleMysql2,
  drizzleNodePostgres,
  drizzlePostgresJs,
  genericPool,
  ioredis,
  knex,
  kysely,
  mariadbCallback,
  mariadb,
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
  pgPool,
  pgPromise,
  pg,
  postgres,
  prismaClient,
  redis,
  sequelizeCore,
  sequelize,
  slonik,
  tarn,
  typeorm,
  undici,
  vercelPostgres,
];
