import type { ViolationId } from './violations.ts';

/**
 * What is allowed, as plain JSON. Every key may be left out, and only what is stated is law. The same keys, with what
 * each holds, stand in schema.ts; the compiler holds the two together.
 */
export interface Policy {
  /** The address of `policy.schema.json`, for editors. */
  readonly $schema?: string;
  readonly version?: 1;
  /** Processes and workers that run at once, those that a rolling update starts early included. */
  readonly instances?: number;
  /** By name; a pool that names none uses `default`. */
  readonly databases?: Readonly<Record<string, Database>>;
  readonly perProcess?: PerProcess;
  /** Pools with a limit of their own, by name. */
  readonly pools?: Readonly<Record<string, PoolLimit>>;
  readonly timeouts?: Timeouts;
  readonly runtime?: Runtime;
}

export interface Database {
  /** What the server accepts. */
  readonly maxConnections?: number;
  /** Of these, not for this application: administrators, replication, other services. */
  readonly reserved?: number;
  readonly cores?: number;
  readonly spindles?: number;
  /** Whether a connection reaches the server itself. */
  readonly via?: 'direct' | 'pgbouncer';
}

export interface PerProcess {
  /** The sum over the pools of one process to one database. */
  readonly max?: number;
  /** How many may wait for a connection of one pool. */
  readonly queue?: number;
}

export interface PoolLimit {
  readonly database?: string;
  readonly max?: number;
}

/** Milliseconds, all of them. */
export interface Timeouts {
  readonly acquireMs?: number;
  readonly connectMs?: number;
  readonly idleMs?: number;
  readonly statementMs?: number;
  readonly lifetimeMs?: number;
  readonly holdMs?: number;
  readonly httpMs?: number;
}

export type Mode = 'observe' | 'enforce' | 'strict';

/** What the runtime does; the rules do not read it. */
export interface Runtime {
  readonly mode?: Mode;
  /** A mode of its own for one kind of violation. */
  readonly rules?: Readonly<Partial<Record<ViolationId, Mode>>>;
  readonly stacks?: 'budget' | 'always' | 'never';
}
