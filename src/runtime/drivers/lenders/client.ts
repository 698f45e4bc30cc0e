import { answerOf } from '../../answer.ts';
import type { Answer } from '../../answer.ts';

/** Database connections among the resources of a pool that does not know what it lends: those of pg and of mysql2. */

interface PgClient {
  /** From pg 8.21.0: `I` idle, `T` in a transaction, `E` in a failed one. */
  getTransactionStatus(): string | null;
  query(sql: string): Promise<Answer>;
  /** lib/client.js:354, 615 (8.23.1): false while a statement has no answer. */
  readonly readyForQuery?: boolean;
}

/** mysql2's with callbacks: `promise()` gives the same connection with promises (lib/base/connection.js, 3.24.6). */
interface MysqlConnection {
  promise(): { query(sql: string): Promise<readonly [unknown, unknown]> };
}

const isPg = (resource: object): resource is PgClient =>
  typeof (resource as Partial<PgClient>).getTransactionStatus === 'function';

const isMysql = (resource: object): resource is MysqlConnection =>
  typeof (resource as Partial<MysqlConnection>).promise === 'function' && 'query' in resource;

/** It can be asked whether it is alive. */
export const isClient = (resource: object): boolean => isPg(resource) || isMysql(resource);

export const isBusy = (resource: object): boolean => (resource as Partial<PgClient>).readyForQuery === false;

/** What is no client of pg says nothing of transactions. Undefined while a statement runs. */
export function isInTransaction(connection: object): boolean | undefined {
  if (!isPg(connection)) return false;
  if (isBusy(connection)) return undefined;
  const status = connection.getTransactionStatus();
  return status === null ? undefined : status !== 'I';
}

/** @throws TypeError when nothing is known of the resource. */
export async function run(connection: object, sql: string): Promise<Answer> {
  if (isPg(connection)) return connection.query(sql);
  if (isMysql(connection)) return answerOf((await connection.promise().query(sql))[0]);
  throw new TypeError('What this pool lends is no connection of pg or mysql2.');
}

/** PostgreSQL's and MySQL's words for: too many connections. */
const TOO_MANY: readonly unknown[] = ['53300', 'ER_CON_COUNT_ERROR'];

/** Sequelize has the driver's own error under `parent`. */
export function isServerFull(error: unknown): boolean {
  const { code, parent } = Object(error) as { code?: unknown; parent?: { code?: unknown } };
  return TOO_MANY.includes(code) || TOO_MANY.includes(parent?.code);
}
