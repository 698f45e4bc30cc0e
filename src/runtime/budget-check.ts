import { databaseOf } from '../policy/budget.ts';
import type { Database } from '../policy/policy.ts';
import type { ServerLimits } from './budget-server.ts';
import type { Guard } from './guard.ts';
import type { Seen } from './raise.ts';
import { liveGuards, world } from './world.ts';

/** All instances together against what the server has for them. */

export interface BudgetCheck {
  /** All instances together may open more than the server leaves them. */
  readonly isOver: boolean;
  /** Connections that the server leaves this application: the strictest of its limits. */
  readonly limit: number;
  /** Connections that all instances may open together; `Infinity` when a pool has no bound. */
  readonly wanted: number;
  /** What the policy states; 1 without. */
  readonly instances: number;
  /** Connections that the pools of this process may open to this server together. */
  readonly perInstance: number;
  /** What each instance may have: ⌊limit / instances⌋. */
  readonly share: number;
  /** Connections that are open on the server now, of everybody. */
  readonly used: number;
  /** What the limit comes from. */
  readonly server: Omit<ServerLimits, 'remedy' | 'used'>;
  /**
   * The statement that makes the server refuse more, whatever any client does; undefined behind PgBouncer, whose connections
   * are not ours.
   */
  readonly remedy: string | undefined;
  /** Behind PgBouncer the numbers are the server's, and a pool counts against the bouncer's: nothing is over. */
  readonly via: NonNullable<Database['via']>;
}

export function compare(guard: Guard, { remedy, used, ...server }: ServerLimits): BudgetCheck {
  const { instances = 1 } = guard.policy;
  const { reserved = 0, via = 'direct' } = databaseOf(guard.policy, guard.database) ?? {};
  const left = server.maxConnections - Math.max(server.reserved, reserved);
  const limit = Math.max(0, Math.min(left, server.roleLimit, server.databaseLimit));
  const perInstance = collectPools(guard).reduce((sum, { source }) => sum + source.counts().max, 0);
  const wanted = instances * perInstance;
  const share = Math.floor(limit / instances);
  const isOver = via === 'direct' && wanted > limit;
  const most = wanted > limit ? share * instances || limit : wanted;
  const statement = via === 'direct' ? remedy(most) : undefined;
  return { isOver, limit, wanted, instances, perInstance, share, used, server, remedy: statement, via };
}

/** The pools of this process to the same server. */
function collectPools(guard: Guard): Guard[] {
  const { host, port } = guard.source.address();
  return [...liveGuards()].filter((one) => {
    if (one === guard) return true;
    const other = one.source.address();
    return one.source.kind === 'pool' && host !== undefined && other.host === host && other.port === port;
  });
}

/** A remedy of this length still fits into the sentence. */
const FITS = 44;

/** What is wrong, for `raise`. */
export function seenIn(guard: Guard, check: BudgetCheck): Seen {
  const { instances, limit, perInstance, remedy = '', share, used, wanted } = check;
  const stated = databaseOf(guard.policy, guard.database)?.maxConnections !== undefined;
  const lower = stated ? `databases.${guard.database}` : 'perProcess.max';
  return {
    guard,
    id: 'runtime/over-budget',
    key: remedy.length > FITS ? 'aboveServer' : 'remedy',
    data: { instances, size: perInstance, count: wanted, limit, share, used, key: lower, remedy },
    origin: guard.origin,
  };
}

/** For those who listen: what was compared, or why nothing could be. */
export function tell({ name }: Guard, message: string, data: Readonly<Record<string, unknown>>): void {
  world.reporter.emit({ type: 'budget', message, pool: name, data });
}

export function tellCompared(guard: Guard, check: BudgetCheck): void {
  const { instances, limit, perInstance, via } = check;
  const wanted = `${instances} × ${perInstance} connections are wanted`;
  const left = `the server${via === 'pgbouncer' ? ' behind PgBouncer' : ''} leaves ${limit}`;
  const whose = via === 'pgbouncer' ? '; what PgBouncer accepts is not known' : '';
  tell(guard, `\`${guard.name}\`: ${wanted}, and ${left}${whose}.`, { ...check });
}
