import { fileURLToPath } from 'node:url';
import type { Limits } from '../../../drivers/driver.ts';
import type { Address } from '../../guard.ts';
import { Origin, originAbove } from '../../stacks.ts';

/** Who builds a pool: a library that knows the server, at a line of the user. */

/** What knex or Sequelize knows of a pool, which the pool itself does not. */
export interface Owner {
  readonly driver: string;
  readonly limits: Limits;
  readonly address: () => Address;
  /** It gives back twice by itself, which is no mistake of the program. */
  readonly isTwice?: boolean;
  /** The pool's options, as the library names them. */
  readonly optionsOf: (own: Record<string, unknown>) => Record<string, unknown>;
}

let owner: Owner | undefined;

/** Pools that are built meanwhile are its pools. */
export function buildFor<Result>(builder: Owner, build: () => Result): Result {
  const before = owner;
  owner = builder;
  try {
    return build();
  } finally {
    owner = before;
  }
}

export const currentOwner = (): Owner | undefined => owner;

/** `knex({ … })` and `new Sequelize()` do nothing but build: their frames, and ours between them, are no callers. */
const BUILDERS =
  /[\\/]node_modules[\\/](?:knex|tarn|sequelize|@sequelize[\\/]core|sequelize-typescript|sequelize-pool|generic-pool)[\\/]|<anonymous>\)?$/;
const OWN = fileURLToPath(new URL('..', import.meta.url));
const OWN_URL = new URL('..', import.meta.url).href;

const isBuilder = (frame: string): boolean => BUILDERS.test(frame) || frame.includes(OWN) || frame.includes(OWN_URL);

/** Where a pool was built, as if the user's own line had built it. */
export function builtAbove(trap: (...args: never[]) => unknown): Origin {
  const origin = originAbove(trap);
  const [title = '', ...frames] = origin.stack.split('\n');
  const first = frames.findIndex((frame) => !isBuilder(frame));
  const value = [title, ...(first === -1 ? frames : frames.slice(first))].join('\n');
  return Object.defineProperty(new Origin(), 'stack', { value });
}
