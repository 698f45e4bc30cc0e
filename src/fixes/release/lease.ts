import type { Checkout } from '../../analysis/model.ts';

/** How a driver wants its connections back. */
export type Lease = Checkout['lease'];
