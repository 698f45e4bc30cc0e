import type { Borrowed } from './borrowed.ts';
import type { Carried } from './carried.ts';
import type { GiveBack } from './give-back.ts';
import type { Hold } from './hold.ts';
import type { Way } from './way.ts';

/** Which statements go into the `try`, and what happens to those that give back. */
export interface Plan {
  readonly hold: Hold;
  readonly borrowed: Borrowed;
  /** Indexes of the first and last statement of the `try`. */
  readonly first: number;
  readonly last: number;
  /** The giving back that becomes the `finally`; none where the code has none in this list. */
  readonly end: GiveBack | undefined;
  /** It stays where it is: right behind the `try`. */
  readonly inPlace: boolean;
  /** Those that are not needed any more. */
  readonly others: readonly GiveBack[];
  readonly carried: readonly (Carried & { readonly way: Way })[];
}
