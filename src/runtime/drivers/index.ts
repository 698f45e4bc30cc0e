import type { Adapter } from '../adapter.ts';
import { ioredis } from './ioredis.ts';
import { pg } from './pg.ts';
import { redis } from './redis.ts';
import { tarn } from './tarn.ts';

/** Every driver that the runtime guards. */
export const adapters: readonly Adapter[] = [ioredis, pg, redis, tarn];
