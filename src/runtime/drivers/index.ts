import type { Adapter } from '../adapter.ts';
import { ioredis } from './ioredis.ts';
import { pg } from './pg.ts';
import { tarn } from './tarn.ts';

/** Every driver that the runtime guards. */
export const adapters: readonly Adapter[] = [pg, tarn];
