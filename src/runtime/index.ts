/** What `eslint-plugin-pool/runtime` exports. Importing it changes nothing and loads no driver. */

export { checkBudget } from './budget.ts';
export type { BudgetCheck } from './budget.ts';
export { drain } from './drain.ts';
export type { DrainOptions, DrainResult, StoppableServer } from './drain.ts';
export { PoolError } from './errors.ts';
export { guardPool } from './guard-pool.ts';
export type { GuardOptions } from './guard-pool.ts';
export type { GuardedPool, LeaseOptions, PoolLease, PoolStats } from './guarded.ts';
export { install, register } from './install.ts';
export { observeMetrics } from './metrics/otel.ts';
export type { Meter } from './metrics/otel.ts';
export { collectMetrics } from './metrics/prom.ts';
export type { PromClient, Registry } from './metrics/prom.ts';
export { onEvent } from './on-event.ts';
export type { Holder, Notice, PoolEvent, Violation } from './report.ts';
export { runInRequest } from './request.ts';
export type { RequestInfo } from './request.ts';
