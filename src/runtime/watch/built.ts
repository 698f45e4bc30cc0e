import { keyOf } from '../address.ts';
import type { Address, Guard } from '../guard.ts';
import { raiseOrThrow } from '../raise.ts';
import { isUsersOwn, siteOf } from '../stacks.ts';
import { world } from '../world.ts';
import type { Built } from '../world.ts';

/** Pools and connections that are built again and again at one line. */

/**
 * A program that is right may build one in a request, too: a lazy import runs in the first one's context. Two at one line are
 * one for each request.
 */
const IN_REQUESTS = 2;
/** Outside of requests, within the window. A pool for each tenant has another address each time, and counts by itself. */
const POOLS = 3;
const CONNECTIONS = 10;
const WINDOW_MS = 60_000;
const REMEMBERED = 1000;

/** Without an address each may be the only one of its kind. */
const isKnown = ({ database, host }: Address): boolean => host !== undefined || database !== undefined;

/**
 * Counts it.
 * @throws PoolError under `strict`, when it is one too many
 */
export function noteBuilt(guard: Guard): void {
  const { origin, request, source } = guard;
  // What a library opens is not opened at a line that the user can change.
  if (!origin || !isUsersOwn(origin)) return;
  const built = count(`${source.kind} ${siteOf(origin)} ${keyOf(source.address())}`, request !== undefined);
  const isPool = source.kind === 'pool';
  const id = isPool ? 'pool/no-pool-in-handler' : 'pool/no-connect-per-request';
  const seen = { guard, id, origin, request } as const;
  if (request && built.inRequests >= IN_REQUESTS)
    raiseOrThrow({ ...seen, key: 'inRequest', data: { count: built.inRequests } });
  else if (!request && isKnown(source.address()) && built.count - built.inRequests >= (isPool ? POOLS : CONNECTIONS))
    raiseOrThrow({ ...seen, key: 'repeated', data: { count: built.count } });
}

function count(key: string, isInRequest: boolean): Built {
  const now = performance.now();
  const before = world.built.get(key);
  const isOld = before && before.inRequests === 0 && now - before.since > WINDOW_MS;
  const built = before && !isOld ? before : { since: now, count: 0, inRequests: 0 };
  if (world.built.size >= REMEMBERED) world.built.clear();
  world.built.set(key, built);
  built.count += 1;
  if (isInRequest) built.inRequests += 1;
  return built;
}
