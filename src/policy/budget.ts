import { defaults } from './defaults.ts';
import type { Database, Policy, PoolLimit } from './policy.ts';

/** What follows from the stated numbers. Nothing stated: nothing follows. */

export interface Budget {
  readonly database: string;
  /** What the server accepts. */
  readonly connections: number;
  readonly reserved: number;
  readonly instances: number;
  /** ⌊(connections − reserved) / instances⌋: the sum over the pools of one process to this database. */
  readonly perProcess: number;
}

/** One process's share of a database; without stated `instances`, all of it. */
export function budgetOf(policy: Policy, database: string = defaults.database): Budget | undefined {
  const stated = databaseOf(policy, database);
  if (stated?.maxConnections === undefined) return undefined;
  const { maxConnections: connections, reserved = defaults.reserved } = stated;
  const { instances = 1 } = policy;
  return { database, connections, reserved, instances, perProcess: Math.floor((connections - reserved) / instances) };
}

export function databaseOf({ databases }: Policy, name: string): Database | undefined {
  return databases?.[name];
}

/** A stated upper bound, with the key that states it. */
export interface Limit {
  readonly max: number;
  /** `perProcess.max`, `pools.reporting.max`, `databases.default`. */
  readonly key: string;
  /** Present where the bound is a share of a database. */
  readonly budget?: Budget;
}

/** The strictest stated bound of what one process may open to a database. */
export function processLimit(policy: Policy, database?: string): Limit | undefined {
  const budget = budgetOf(policy, database);
  return strictest([
    bound('perProcess.max', policy.perProcess?.max),
    budget && { max: budget.perProcess, key: `databases.${budget.database}`, budget },
  ]);
}

/** The strictest stated bound of one pool, by its name under `pools` if it has one. */
export function poolLimit(policy: Policy, pool?: string): Limit | undefined {
  const named = poolOf(policy, pool);
  return strictest([bound(`pools.${pool}.max`, named?.max), processLimit(policy, named?.database)]);
}

export function poolOf({ pools }: Policy, name: string | undefined): PoolLimit | undefined {
  return name === undefined ? undefined : pools?.[name];
}

function bound(key: string, max: number | undefined): Limit | undefined {
  return max === undefined ? undefined : { key, max };
}

/** The first of the smallest. */
function strictest(limits: readonly (Limit | undefined)[]): Limit | undefined {
  return limits.reduce((least, one) => (one && (!least || one.max < least.max) ? one : least), undefined);
}

/**
 * Advice on the size, never a limit: a server does its best with about `cores * 2 + spindles` busy connections, whoever
 * holds them (the formula of the PostgreSQL wiki, "Number Of Database Connections").
 */
export function sizeAdvice(policy: Policy, database: string = defaults.database): string | undefined {
  const { cores, spindles = defaults.spindles } = databaseOf(policy, database) ?? {};
  if (cores === undefined) return undefined;
  const busy = cores * 2 + spindles;
  const { instances } = policy;
  const share = instances === undefined ? '' : `, ${Math.max(1, Math.floor(busy / instances))} for each instance`;
  const server = `${count(cores, 'core')} and ${count(spindles, 'disk')}`;
  return `A server with ${server} does its best with about ${count(busy, 'busy connection')}${share}.`;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
