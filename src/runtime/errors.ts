import type { ViolationId } from '../policy/violations.ts';
import type { Counts } from './guard.ts';
import type { Holder } from './report.ts';

/** The codes of errors that the runtime throws or completes. */
export const codes = {
  'pool/no-connect-per-request': 'ERR_POOL_CONNECT_PER_REQUEST',
  'pool/no-double-release': 'ERR_POOL_DOUBLE_RELEASE',
  'pool/no-pool-in-handler': 'ERR_POOL_IN_REQUEST',
  'pool/no-transaction-on-pool': 'ERR_POOL_TRANSACTION_ON_POOL',
  'pool/no-unbounded-pool': 'ERR_POOL_MAX_EXCEEDED',
  'pool/no-use-after-release': 'ERR_POOL_USE_AFTER_RELEASE',
  'pool/require-timeouts': 'ERR_POOL_TIMEOUT_MISSING',
  'runtime/exhausted': 'ERR_POOL_ACQUIRE_TIMEOUT',
  'runtime/over-budget': 'ERR_POOL_BUDGET',
  'runtime/returned-in-transaction': 'ERR_POOL_IN_TRANSACTION',
  'runtime/server-full': 'ERR_POOL_SERVER_FULL',
} as const satisfies Partial<Record<ViolationId, string>>;

/** A violation that ends what the program was about to do. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  readonly code: string;
  /** The id of the violation. */
  readonly rule: ViolationId;
  /** The pool's connections, and who holds them, the longest first. */
  readonly counts: Counts | undefined;
  readonly holders: readonly Holder[];

  constructor(rule: ViolationId, message: string, { cause, counts, holders = [] }: PoolErrorInit = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.rule = rule;
    this.code = (codes as Partial<Record<ViolationId, string>>)[rule] ?? 'ERR_POOL';
    this.counts = counts;
    this.holders = holders;
  }
}

export interface PoolErrorInit {
  readonly cause?: unknown;
  readonly counts?: Counts;
  readonly holders?: readonly Holder[];
}
