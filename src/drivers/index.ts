import type { Driver } from './driver.ts';
import { pg } from './pg.ts';

/** Every driver we know, alphabetical. */
export const drivers: readonly Driver[] = [pg];
