import type { Limit, Limits } from '../drivers/driver.ts';
import { poolOf } from '../policy/budget.ts';
import { defaults } from '../policy/defaults.ts';
import { modeOf } from '../policy/mode.ts';
import type { Policy } from '../policy/policy.ts';
import type { ViolationId } from '../policy/violations.ts';
import type { Answer } from './answer.ts';
import type { RequestInfo } from './request.ts';
import type { Origin } from './stacks.ts';

/** The server and the database behind a pool, as far as its options say. */
export interface Address {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: string | undefined;
  readonly user: string | undefined;
}

/** Connections of a pool at this moment, and callers that wait for one. */
export interface Counts {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
  /** How many it may have; `Infinity` without bound. */
  readonly max: number;
}

/** What an adapter says of one pool, and does with it. */
export interface Source {
  /** The package: `pg`. */
  readonly driver: string;
  /** A pool lends connections; a client is one, or keeps its pool to itself. */
  readonly kind: 'client' | 'pool';
  /** The user's object. */
  readonly target: object;
  readonly limits: Limits;
  /** The options in effect. A change holds for what is opened from then on. */
  readonly options: Record<string, unknown>;
  /** The driver has read its options for good: they are judged, and written no more. */
  readonly isSettled?: boolean;
  /**
   * `error` events that end the process when nobody listens: of the target; of connections that are held. `isLate`: not
   * before it is connected; the adapter calls `survive` then.
   */
  readonly crashes?: { readonly when: string; readonly held: boolean; readonly isLate?: boolean };
  address(): Address;
  counts(): Counts;
  /** Closes one connection and frees its slot, whoever holds it. */
  destroy?(connection: object): void;
  /** Undefined where this version of the driver cannot tell. */
  isInTransaction?(connection: object): boolean | undefined;
  /** Runs one statement without parameters on a connection. */
  run?(connection: object, sql: string): Promise<Answer>;
  /** Checks out. The lease begins on the way: `connection[LEASE]`. */
  take?(): Promise<object>;
  giveBack?(connection: object, error?: Error): Promise<void> | void;
  end(): Promise<unknown>;
}

/** One guarded pool or client. */
export class Guard {
  readonly source: Source;
  /** In messages, in metrics, and under `pools` in the policy. */
  name = '';
  policy: Policy = {};
  /** The key under `databases` of the policy. */
  database: string = defaults.database;
  /** Where it was built, and for whom. */
  readonly origin: Origin | undefined;
  readonly request: RequestInfo | undefined;
  /** Connections that are held now, and all that ever were. */
  held = 0;
  taken = 0;
  /** Callers that got none in time. */
  timeouts = 0;
  isEnded = false;
  /** Whether its held connections were looked at for listeners. */
  isHeldSeen = false;
  /** Each checkout gets an object of its own, which is dead once it is given back. */
  hasFacades = false;

  /** Callers that may wait, where the policy states it and the driver has no option for it. */
  queueLimit: number | undefined;
  /** The longest wait of a caller in milliseconds, likewise. */
  acquireMs: number | undefined;
  /** One of the two is stated. */
  isWaitLimited = false;
  /** The runtime changes things here. */
  isEnforced = false;

  constructor(source: Source, { name, origin, policy, request }: GuardInit) {
    this.source = source;
    this.origin = origin;
    this.request = request;
    this.state(name, policy);
  }

  /** Its name and its policy; `guardPool` may state others than those that it got when it was built. */
  state(name: string, policy: Policy): void {
    this.name = name;
    this.policy = policy;
    this.database = poolOf(policy, name)?.database ?? defaults.database;
    this.queueLimit = hasNo(this.source, 'queue') ? policy.perProcess?.queue : undefined;
    this.acquireMs = hasNo(this.source, 'acquire') ? policy.timeouts?.acquireMs : undefined;
    this.isWaitLimited = this.queueLimit !== undefined || this.acquireMs !== undefined;
    this.isEnforced = (policy.runtime?.mode ?? defaults.mode) !== 'observe';
  }

  /** Whether the runtime may change what the program does about this kind of violation. */
  enforces(id: ViolationId): boolean {
    return modeOf(this.policy, id) !== 'observe';
  }
}

function hasNo({ limits: { options } }: Source, limit: Limit): boolean {
  return !options.some((one) => one.limits.includes(limit));
}

export interface GuardInit {
  readonly name: string;
  readonly policy: Policy;
  readonly origin?: Origin | undefined;
  readonly request?: RequestInfo | undefined;
}

/** On a guarded pool: its guard. */
export const GUARD = Symbol.for('eslint-plugin-pool:guard');

export interface Guarded {
  [GUARD]?: Guard | undefined;
}

export const guardOf = (target: object): Guard | undefined => (target as Guarded)[GUARD];
