import type { Counts, Guard } from './guard.ts';
import { facadeOf } from './facade.ts';
import { holdersOf } from './holders.ts';
import { LEASE } from './leases.ts';
import type { Lease, Leased } from './leases.ts';
import type { Holder } from './report.ts';
import { assertCommitted } from './transactions.ts';
import { withDeadline } from './waiting.ts';

/** What `guardPool` gives: the pool, and safer ways to use it. */

export interface LeaseOptions {
  /** The longest wait in milliseconds; a limit of the pool's own may end it sooner. */
  readonly timeoutMs?: number;
  /** Ends the wait; a connection that comes later goes back. */
  readonly signal?: AbortSignal;
}

/** What `stats()` gives: a snapshot. */
export interface PoolStats extends Counts {
  readonly name: string;
  readonly driver: string;
  /** Connections that somebody holds, and how often one was lent. */
  readonly held: number;
  readonly taken: number;
  /** Callers that got none in time. */
  readonly timeouts: number;
}

/** One checkout. It ends at the end of its block: `await using lease = await pool.lease()`. */
export interface PoolLease<Connection> extends AsyncDisposable {
  /** Dead once the lease is given back. */
  readonly connection: Connection;
  /** With an error the connection is closed, not lent again. */
  release(error?: Error): Promise<void>;
}

export class GuardedPool<Pool extends object = object, Connection extends object = object> {
  readonly #guard: Guard;

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  /** The user's own object, which is guarded, too. */
  get pool(): Pool {
    return this.#guard.source.target as Pool;
  }

  get name(): string {
    return this.#guard.name;
  }

  /**
   * Checks out.
   * @throws PoolError `ERR_POOL_ACQUIRE_TIMEOUT` after `timeoutMs`; the reason of the signal; what the driver throws.
   */
  async lease({ signal, timeoutMs }: LeaseOptions = {}): Promise<PoolLease<Connection>> {
    signal?.throwIfAborted();
    const taken = this.#take();
    const bounded = timeoutMs === undefined ? taken : withDeadline(this.#guard, timeoutMs, taken, giveBackLate);
    const lease = await (signal ? unlessAborted(signal, bounded) : bounded);
    return new OneLease<Connection>(lease);
  }

  /** The connection goes back when `work` has ended, however it ends. */
  async withLease<Result>(work: (connection: Connection) => Promise<Result>, options?: LeaseOptions): Promise<Result> {
    const lease = await this.lease(options);
    try {
      return await work(lease.connection);
    } finally {
      await lease[Symbol.asyncDispose]();
    }
  }

  /**
   * Runs `work` between BEGIN and COMMIT; rolls back when it throws, and throws what it threw. A connection on which the
   * ROLLBACK fails is closed.
   * @throws also when a statement failed and `work` said nothing of it, where the server then rolls back: PostgreSQL.
   */
  async transaction<Result>(
    work: (connection: Connection) => Promise<Result>,
    options?: LeaseOptions,
  ): Promise<Result> {
    const lease = await this.lease(options);
    const { connection } = lease as OneLease<Connection>;
    const { run } = this.#guard.source;
    try {
      await run?.(connection, 'BEGIN');
      const result = await work(connection);
      assertCommitted(await run?.(connection, 'COMMIT'));
      return result;
    } finally {
      await lease[Symbol.asyncDispose]();
    }
  }

  stats(): PoolStats {
    const { held, name, source, taken, timeouts } = this.#guard;
    return { name, driver: source.driver, ...source.counts(), held, taken, timeouts };
  }

  /** Who holds its connections, the longest first. */
  holders(): readonly Holder[] {
    return holdersOf(this.#guard, Infinity);
  }

  async #take(): Promise<Lease> {
    const { source } = this.#guard;
    if (!source.take)
      throw new TypeError(`\`${this.name}\` lends no connections: ${source.driver} has no checkout here.`);
    const lease = ((await source.take()) as Leased)[LEASE];
    if (!lease) throw new Error(`The checkout of \`${this.name}\` was not seen. Guard it before its first use.`);
    return lease;
  }
}

class OneLease<Connection extends object> implements PoolLease<Connection> {
  readonly #lease: Lease;
  readonly connection: Connection;

  constructor(lease: Lease) {
    this.#lease = lease;
    const release = (error?: Error): unknown => lease.guard.source.giveBack?.(lease.connection, error);
    this.connection = facadeOf<Connection>(lease, { release: release as never });
  }

  async release(error?: Error): Promise<void> {
    await (this.connection as { release(error?: Error): unknown }).release(error);
  }

  /** Rolls back what is open; nothing when it was given back already. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { connection, guard } = this.#lease;
    if (!this.#lease.isHeld) return;
    await this.release(await rollBack(guard, connection));
  }
}

/** @returns why the connection cannot be lent again */
async function rollBack({ source }: Guard, connection: object): Promise<Error | undefined> {
  if (!source.run || source.isInTransaction?.(connection) === false) return undefined;
  try {
    await source.run(connection, 'ROLLBACK');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function giveBackLate(lease: Lease): void {
  void lease.guard.source.giveBack?.(lease.connection);
}

/** The signal's reason as soon as it is aborted; what comes later goes back. */
function unlessAborted(signal: AbortSignal, taken: Promise<Lease>): Promise<Lease> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
      taken.then(giveBackLate, () => {});
    };
    signal.addEventListener('abort', abort, { once: true });
    taken.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
