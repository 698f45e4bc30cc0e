import type { Answer } from './answer.ts';
import type { Guard } from './guard.ts';
import { raise } from './raise.ts';
import type { PoolError } from './errors.ts';

/** Transactions that go wrong without an error. */

const CONTROL = /^\s*(?:BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT)\b/i;

/** The first two letters tell nearly all statements apart: `se` of SELECT from `st` of START. */
const STARTS = new Set(['be', 'st', 'co', 'ro', 'sa'].map((two) => two.charCodeAt(0) * 256 + two.charCodeAt(1)));
const LOWER = 32;

export function isTransactionControl(sql: unknown): sql is string {
  if (typeof sql !== 'string') return false;
  const first = sql.charCodeAt(0);
  const isSpace = first <= LOWER;
  return (isSpace || STARTS.has((first | LOWER) * 256 + (sql.charCodeAt(1) | LOWER))) && CONTROL.test(sql);
}

/**
 * `BEGIN` through the pool lands on any connection, and what follows on another.
 * @returns an error under `strict`
 */
export function noteTransactionOnPool(guard: Guard, sql: string): PoolError | undefined {
  const statement = sql.trim().split(/\s/, 1)[0]?.toUpperCase() ?? '';
  return raise({ guard, id: 'pool/no-transaction-on-pool', key: 'onPool', data: { statement } });
}

/**
 * PostgreSQL answers a COMMIT with `ROLLBACK`, and no error, where a statement of the transaction has failed before.
 * @throws Error when that is the answer
 */
export function assertCommitted(answer: Answer | undefined): void {
  if (answer?.command !== 'ROLLBACK') return;
  throw new Error('The transaction is rolled back, because a statement in it failed and its error was not thrown on.');
}
