import type { Adapter } from '../adapter.ts';
import { pg } from './pg.ts';

/** Every driver that the runtime guards. */
export const adapters: readonly Adapter[] = [pg];
