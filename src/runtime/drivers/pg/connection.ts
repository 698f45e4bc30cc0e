import type { EventEmitter } from 'node:events';
import type { Answer } from '../../answer.ts';

/** A connection that a pool of pg lends. Read in pg 8.23.1, lib/client.js. */

export interface PgClient extends EventEmitter {
  release(error?: unknown): void;
  query(sql: string): Promise<Answer>;
  /** From pg 8.21.0: `I` idle, `T` in a transaction, `E` in a failed one. */
  getTransactionStatus?(): string | null;
  /** lib/client.js:354, 615: false while a statement has no answer. */
  readonly readyForQuery?: boolean;
}

export const isBusy = ({ readyForQuery }: PgClient): boolean => readyForQuery === false;

/** The status is that of the last statement which has an answer: after a COMMIT that still runs it is the one before. */
export function isInTransaction(client: PgClient): boolean | undefined {
  const status = isBusy(client) ? undefined : client.getTransactionStatus?.();
  return status === undefined ? undefined : status === 'T' || status === 'E';
}
