import type { Driver } from './driver.ts';
import { knex } from './knex.ts';
import { mongodb } from './mongodb.ts';
import { mongoose } from './mongoose.ts';
import { mysql } from './mysql.ts';
import { mysql2 } from './mysql2.ts';
import { mysql2Promise } from './mysql2-promise.ts';
import { pg } from './pg.ts';
import { pgPool } from './pg-pool.ts';
import { sequelize } from './sequelize.ts';
import { typeorm } from './typeorm.ts';

/** Every driver we know, alphabetical. */
export const drivers: readonly Driver[] = [
  knex,
  mongodb,
  mongoose,
  mysql,
  mysql2,
  mysql2Promise,
  pg,
  pgPool,
  sequelize,
  typeorm,
];
