import type { Limits } from '../driver.ts';
import { mysql2PoolLimits } from './mysql2.ts';
import { pgPoolLimits } from './pg.ts';
import { postgresLimits } from './postgres.ts';
import { within } from './within.ts';

const inside = (option: string): string => `connection.${option}`;

/** drizzle({ connection }) hands the object on to its driver. Read in drizzle-orm 0.45.4: node-postgres/driver.js:59-75. */
const connected = ({ urlValues, options, misread = [], lacks = [] }: Limits): Limits => ({
  urlIn: ['connection'],
  ...(urlValues && { urlValues }),
  options: within('connection', options),
  misread: misread.map((each) => ({
    ...each,
    ...(!each.in && { option: inside(each.option) }),
    ...(each.instead && { instead: inside(each.instead) }),
  })),
  lacks: lacks.map((each) => (each.instead ? { ...each, instead: inside(each.instead) } : each)),
});

export const drizzlePgLimits: Limits = connected(pgPoolLimits);
export const drizzleMysql2Limits: Limits = connected(mysql2PoolLimits);
export const drizzlePostgresLimits: Limits = connected(postgresLimits);
