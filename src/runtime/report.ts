import diagnostics from 'node:diagnostics_channel';
import type { Mode } from '../policy/policy.ts';
import type { ViolationId } from '../policy/violations.ts';
import { isUsers } from './stacks.ts';

/** Where everything goes that the runtime has to say: subscribers, `node:diagnostics_channel`, and the console. */

/** Somebody who holds a connection. */
export interface Holder {
  readonly pool: string;
  /** Milliseconds since the checkout. */
  readonly heldMs: number;
  /** The line of the checkout, where its stack was taken. */
  readonly site: string | undefined;
  readonly stack: string | undefined;
  /** The request in which it was checked out. */
  readonly request: string | undefined;
}

export interface Violation {
  readonly type: 'violation';
  /** The rule of the linter that finds the cause, or `runtime/<event>`. */
  readonly id: ViolationId;
  /** One sentence of at most 160 characters. */
  readonly message: string;
  /** The mode for this id: under `observe` nothing was changed. */
  readonly mode: Mode;
  readonly pool: string;
  readonly driver: string;
  readonly site: string | undefined;
  readonly stack: string | undefined;
  readonly request: string | undefined;
  /** Who holds connections of the pool, the longest first: at most ten. */
  readonly holders: readonly Holder[];
  /** What the sentence was filled with. */
  readonly data: Readonly<Record<string, number | string>>;
}

/** What happens to pools; no violation. */
export interface Notice {
  readonly type:
    'budget' | 'drain-end' | 'drain-start' | 'pool-clamp' | 'pool-end' | 'pool-start' | 'refused' | 'starved' | 'start';
  readonly message: string;
  readonly pool: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

export type PoolEvent = Notice | Violation;

export const CHANNEL = 'eslint-plugin-pool:';

/** The channels of `node:diagnostics_channel`. A checkout costs two reads of a field where nobody listens. */
export const channels = {
  violation: diagnostics.channel(`${CHANNEL}violation`),
  pool: diagnostics.channel(`${CHANNEL}pool`),
  acquire: diagnostics.channel(`${CHANNEL}acquire`),
  release: diagnostics.channel(`${CHANNEL}release`),
} as const;

/** The same line again is counted, not printed, for so long. */
const QUIET_MS = 60_000;
const REMEMBERED = 1000;

/** Notices that people read; the others are for subscribers. */
const PRINTED: ReadonlySet<PoolEvent['type']> = new Set(['pool-clamp', 'refused', 'start']);

interface Printed {
  readonly until: number;
  again: number;
}

export type Log = 'human' | 'json' | 'off';

export class Reporter {
  readonly #subscribers = new Set<(event: PoolEvent) => void>();
  readonly #printed = new Map<string, Printed>();
  log: Log = 'human';
  print: (line: string) => void = (line) => process.stderr.write(`${line}\n`);

  /** @returns the function that ends the subscription. */
  subscribe(subscriber: (event: PoolEvent) => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  emit(event: PoolEvent): void {
    const channel = event.type === 'violation' ? channels.violation : channels.pool;
    if (channel.hasSubscribers) channel.publish(event);
    for (const subscriber of this.#subscribers) call(subscriber, event);
    if (event.type === 'violation') this.#printViolation(event);
    else if (PRINTED.has(event.type) && this.#remember(keyOf(event))) this.#printLine(event, event.message);
  }

  #printViolation(event: Violation): void {
    const { id, stack } = event;
    const printed = this.#remember(keyOf(event));
    if (!printed) return;
    const again = printed.again > 0 ? ` (${printed.again} more like it in the last minute)` : '';
    const where = usersFrames(stack)
      .map((frame) => `\n${frame}`)
      .join('');
    this.#printLine(event, `${id} (${event.mode}): ${event.message}${again}${where}`);
  }

  /** What was printed before it, if it may be printed now. */
  #remember(key: string): Printed | undefined {
    const now = performance.now();
    const before = this.#printed.get(key);
    if (before && now < before.until) {
      before.again += 1;
      return undefined;
    }
    if (this.#printed.size >= REMEMBERED) this.#printed.clear();
    this.#printed.set(key, { until: now + QUIET_MS, again: 0 });
    return before ?? { until: 0, again: 0 };
  }

  #printLine(event: PoolEvent, text: string): void {
    if (this.log === 'off') return;
    this.print(this.log === 'json' ? JSON.stringify(event) : `[pool] ${text}`);
  }
}

/** What differs in its numbers alone is the same: how long, how many, which of the pools that one line builds. */
function keyOf(event: PoolEvent): string {
  const place = event.type === 'violation' ? `${event.id} ${event.site}` : event.type;
  return `${place} ${event.message.replace(/\d+/g, '0')}`;
}

/** The first lines of the user's own: of a violation, the place; the rest is for `onEvent`. */
function usersFrames(stack = ''): string[] {
  return stack.split('\n').filter(isUsers).slice(0, 4);
}

/** A subscriber that throws is the subscriber's fault, and no reason to fail the application's query. */
function call(subscriber: (event: PoolEvent) => void, event: PoolEvent): void {
  try {
    subscriber(event);
  } catch (error) {
    process.emitWarning(`A subscriber of eslint-plugin-pool threw: ${String(error)}`, { code: 'POOL_SUBSCRIBER' });
  }
}
