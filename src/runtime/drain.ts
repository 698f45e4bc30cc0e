import { LONGEST_TIMER } from '../policy/defaults.ts';
import { collectDatabases, countsOf, isOfDatabase } from './databases.ts';
import { StoppingServers } from './drain-servers.ts';
import type { StoppableServer } from './drain-servers.ts';
import type { Guard } from './guard.ts';
import { holderOf } from './holders.ts';
import type { Lease } from './leases.ts';
import type { Holder } from './report.ts';
import { reportHeld } from './shutdown.ts';
import { world } from './world.ts';

/**
 * The end of a process in order: servers stop, requests are answered, connections come back, pools end; and what is not back
 * in time is named and cut. When the process ends is the caller's.
 */

export type { StoppableServer };

export interface DrainOptions {
  /** Milliseconds from the call until all is over, also what hangs; 10 000 when left out. */
  readonly deadlineMs?: number;
  /**
   * What listens: servers of `node:http`, `node:https`, `node:http2`. Before Node 24 an idle session of HTTP/2 stays until the
   * deadline.
   */
  readonly server?: StoppableServer | readonly StoppableServer[] | undefined;
}

export interface DrainResult {
  /** Everything ended by itself: nobody was cut off. */
  readonly drained: boolean;
  /** Milliseconds from the call until now. */
  readonly tookMs: number;
  /**
   * Who held a connection when time was up, the longest first: its line, and `heldMs`, milliseconds since the checkout. These
   * connections are closed.
   */
  readonly holders: readonly Holder[];
  /** Callers that still waited for a connection then. */
  readonly waiting: number;
  /** Connections of clients that were cut. */
  readonly clients: number;
  /** What the pools threw that could not end. */
  readonly errors: readonly unknown[];
}

const DEADLINE_MS = 10_000;
/** The last part of the time is for closing what did not come back. */
const CUT_SHARE = 0.1;
const CUT_MOST_MS = 500;
/** For so long a client that keeps its connection may send one more request on it, as a share of the time and at most. */
const LINGER_SHARE = 0.1;
const LINGER_MOST_MS = 250;
const STEP_MS = 10;

const { clearTimeout, setTimeout } = globalThis;

let first: Promise<DrainResult> | undefined;

/**
 * Ends the servers and every guarded pool of a database, in this order and within `deadlineMs`. HTTP agents stay, for what
 * logs and traces have still to send. Later calls get what the first one gave.
 * @returns never rejects
 */
export function drain(options: DrainOptions = {}): Promise<DrainResult> {
  first ??= drainOnce(options);
  return first;
}

/** Moments of the process's monotonic clock. */
interface Times {
  readonly start: number;
  readonly idle: number;
  readonly cut: number;
  readonly end: number;
}

export async function drainOnce({ deadlineMs, server }: DrainOptions): Promise<DrainResult> {
  const times = timesOf(deadlineMs);
  const servers = new StoppingServers(server === undefined ? [] : [server].flat());
  tell('drain-start', 'The pools are drained.', { deadlineMs: times.end - times.start });
  const isQuiet = await becomesQuiet(servers, times);
  const late = isQuiet ? undefined : collectLate();
  // Before anything is destroyed: a slot that becomes free must not go to the next caller.
  const ending = new Ending(collectDatabases());
  const isEnded = late === undefined && (await ending.isOverAt(times.cut));
  const left = isEnded ? NOBODY : (late ?? collectLate());
  for (const lease of left.leases) destroy(lease);
  if (!isEnded) await ending.isOverAt(times.end);
  const clients = servers.areClosed ? 0 : await servers.cut();
  return conclude({ ...left, clients, errors: ending.errors, isOver: ending.isOver, start: times.start });
}

function timesOf(deadlineMs = DEADLINE_MS): Times {
  const ms = deadlineMs >= 0 ? Math.min(deadlineMs, LONGEST_TIMER) : DEADLINE_MS;
  const start = performance.now();
  return {
    start,
    idle: start + Math.min(ms * LINGER_SHARE, LINGER_MOST_MS),
    cut: start + ms - Math.min(ms * CUT_SHARE, CUT_MOST_MS),
    end: start + ms,
  };
}

/** Whether the servers are closed and nobody holds a connection or waits for one, before it is time to cut. */
async function becomesQuiet(servers: StoppingServers, { cut, idle }: Times): Promise<boolean> {
  for (;;) {
    const now = performance.now();
    if (now >= idle) servers.closeIdle();
    if (servers.areClosed && !collectDatabases().some(isBusy)) return true;
    if (now >= cut) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.min(STEP_MS, cut - now)));
  }
}

/** A query of the pool itself holds no lease, but its connection is not idle. What lends none has none that are idle. */
function isBusy({ held, source }: Guard): boolean {
  const { idle, total, waiting } = countsOf(source);
  return held > 0 || waiting > 0 || (source.take !== undefined && total > idle);
}

interface Late {
  readonly leases: readonly Lease[];
  readonly holders: readonly Holder[];
  readonly waiting: number;
}

const NOBODY: Late = { leases: [], holders: [], waiting: 0 };

/** Who is not done when time is up; it is reported. */
function collectLate(): Late {
  reportHeld(isOfDatabase);
  const leases = [...world.leases].filter(({ guard }) => isOfDatabase(guard));
  const waiting = collectDatabases().reduce((sum, { source }) => sum + countsOf(source).waiting, 0);
  return { leases, holders: leases.map(holderOf), waiting };
}

function destroy(lease: Lease): void {
  const { connection, guard } = lease;
  if (!guard.source.destroy) return;
  // What its holder does with it later is no mistake of the holder.
  lease.isReclaimed = true;
  try {
    guard.source.destroy(connection);
  } catch {
    // It came back by itself in this moment.
  }
  world.leases.end(lease);
}

/** Pools on their way to their end, which some never reach. */
class Ending {
  readonly errors: unknown[] = [];
  isOver = false;
  readonly #over: Promise<void>;

  constructor(guards: readonly Guard[]) {
    this.#over = Promise.all(guards.map((guard) => this.#end(guard))).then(() => void (this.isOver = true));
  }

  async #end({ source }: Guard): Promise<void> {
    try {
      await source.end();
    } catch (error) {
      this.errors.push(error);
    }
  }

  /** Waits no longer than until then. */
  async isOverAt(time: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const up = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.max(1, time - performance.now()));
    });
    await Promise.race([this.#over, up]);
    clearTimeout(timer);
    return this.isOver;
  }
}

interface Outcome extends Late {
  readonly clients: number;
  readonly errors: readonly unknown[];
  readonly isOver: boolean;
  readonly start: number;
}

function conclude({ clients, errors, holders, isOver, start, waiting }: Outcome): DrainResult {
  const tookMs = Math.round(performance.now() - start);
  const drained = isOver && errors.length === 0 && holders.length + waiting + clients === 0;
  const result: DrainResult = { drained, tookMs, holders, waiting, clients, errors };
  const left = `${holders.length} held, ${waiting} waiting, ${clients} clients cut, ${errors.length} errors`;
  const message = drained
    ? `The pools are drained, in ${tookMs} ms.`
    : `The pools are ended after ${tookMs} ms: ${left}.`;
  tell('drain-end', message, { ...result });
  return result;
}

function tell(type: 'drain-end' | 'drain-start', message: string, data: Readonly<Record<string, unknown>>): void {
  world.reporter.emit({ type, message, pool: undefined, data });
}
