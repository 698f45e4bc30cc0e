import { modeOf } from '../policy/mode.ts';
import { fill, sentences } from '../policy/sentences.ts';
import { events } from '../policy/events.ts';
import type { ViolationId } from '../policy/violations.ts';
import { shorten } from '../policy/words.ts';
import { PoolError } from './errors.ts';
import type { Guard } from './guard.ts';
import { holderOf, holdersOf } from './holders.ts';
import type { Lease } from './leases.ts';
import type { Violation } from './report.ts';
import { currentRequest } from './request.ts';
import type { RequestInfo } from './request.ts';
import { siteOf, traceOf } from './stacks.ts';
import type { Origin } from './stacks.ts';
import { world } from './world.ts';

/** A violation, from what was seen to the words that the user reads. */
export interface Seen {
  readonly guard: Guard;
  readonly id: ViolationId;
  /** The sentence, under the id in src/policy. */
  readonly key: string;
  readonly data?: Readonly<Record<string, number | string>>;
  /** Whose checkout it is about. */
  readonly lease?: Lease | undefined;
  /** Where it happened, when it is about no checkout. */
  readonly origin?: Origin | undefined;
  readonly request?: RequestInfo | undefined;
  /** Also name who holds the pool's connections. */
  readonly withHolders?: boolean;
}

/** Reports it. Under `strict` the result is an error for the caller to throw, where it is in its way. */
export function raise(seen: Seen): PoolError | undefined {
  const violation = violationOf(seen);
  world.reporter.emit(violation);
  return violation.mode === 'strict' ? errorOf(seen, violation) : undefined;
}

/** The same, thrown under `strict`. */
export function raiseOrThrow(seen: Seen): void {
  const error = raise(seen);
  if (error) throw error;
}

export function errorOf({ guard }: Seen, { holders, id, message }: Violation, cause?: unknown): PoolError {
  return new PoolError(id, message, { cause, holders, counts: guard.source.counts() });
}

export function violationOf(seen: Seen): Violation {
  const { data, guard, id, lease, origin = lease?.origin, request = lease?.request ?? currentRequest() } = seen;
  const held = lease && holderOf(lease);
  const site = held?.site ?? siteOf(origin);
  const words = { name: shorten(guard.name, 20), site: shorten(site ?? 'an unknown line', 40), ...data };
  return {
    type: 'violation',
    id,
    message: fill(sentenceOf(id, seen.key), words),
    mode: modeOf(guard.policy, id),
    pool: guard.name,
    driver: guard.source.driver,
    site,
    stack: held?.stack ?? traceOf(origin),
    request: request?.name,
    holders: seen.withHolders ? holdersOf(guard) : [],
    data: words,
  };
}

type Sentences = Readonly<Partial<Record<string, Readonly<Partial<Record<string, string>>>>>>;

function sentenceOf(id: ViolationId, key: string): string {
  const found = (events as Sentences)[id]?.[key] ?? (sentences as Sentences)[id]?.[key];
  if (found === undefined) throw new Error(`There is no sentence ${id}/${key}.`);
  return found;
}
