import type { Adapter } from '../adapter.ts';
import { genericPool } from './generic-pool.ts';
import { http } from './http.ts';
import { ioredis } from './ioredis.ts';
import { mariadb } from './mariadb.ts';
import { mongodb } from './mongodb.ts';
import { mysql2 } from './mysql2.ts';
import { pg } from './pg.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { sequelizePool } from './sequelize-pool.ts';
import { tarn } from './tarn.ts';
import { undici } from './undici.ts';

/** Every driver that the runtime guards. */
export const adapters: readonly Adapter[] = [
  genericPool,
  http,
  ioredis,
  mariadb,
  mongodb,
  mysql2,
  pg,
  postgres,
  redis,
  sequelizePool,
  tarn,
  undici,
];
