import { guardOf } from '../../guard.ts';
import { isMarked, ownerOf } from '../../patched.ts';
import { serverFull } from '../../waiting.ts';

/**
 * Connections of mysql2: whether one is in a transaction, and whether the server refused one. Read in mysql2 3.24.6,
 * lib/base/connection.js, lib/commands/query.js.
 */

interface Command {
  /** Called with each OK packet: that of BEGIN, COMMIT, ROLLBACK, INSERT; not that of SELECT. */
  doneInsert?(header: { readonly serverStatus?: number } | null): unknown;
  onResult?: ((error: unknown, ...results: unknown[]) => unknown) | undefined;
  readonly _connection?: Connection | null;
}

interface Connection {
  /** The one that waits for its answer: lib/base/connection.js:612. */
  readonly _command?: unknown;
  addCommand(command: Command): unknown;
  /** Every error that ends the connection: lib/base/connection.js:306. */
  _notifyError?(error: { readonly errno?: number }): void;
  [IN_TRANSACTION]?: boolean | undefined;
}

/** On a connection: what the last OK packet said. */
const IN_TRANSACTION = Symbol.for('eslint-plugin-pool:mysql2 in transaction');
/** lib/constants/server_status.js. */
const SERVER_STATUS_IN_TRANS = 1;
/** ER_LOCK_DEADLOCK: the server has rolled back the whole transaction. */
const DEADLOCK = 1213;
/** ER_CON_COUNT_ERROR and ER_TOO_MANY_USER_CONNECTIONS. */
const FULL: readonly unknown[] = [1040, 1203];

export const isFull = (error: unknown): boolean => FULL.includes((error as { errno?: unknown } | undefined)?.errno);

/** A statement has no answer yet. */
export const isBusy = (connection: object): boolean => Boolean((connection as Partial<Connection>)._command);

/** Undefined before the first statement, while one runs, and where this version does not show it. */
export function isInTransaction(connection: object): boolean | undefined {
  return isBusy(connection) ? undefined : (connection as Partial<Connection>)[IN_TRANSACTION];
}

/** The class that was looked at last: each checkout asks, and there is one. */
let known: object | null = null;

/** Patches the class of this connection, once. Nothing where it is not what we know. */
export function patchConnection(connection: object): void {
  const own = Object.getPrototypeOf(connection) as Connection | null;
  if (own === known) return;
  known = own;
  const prototype = ownerOf(own, 'addCommand');
  if (!prototype || isMarked(prototype)) return;
  patchCommands(prototype);
  patchErrors(prototype);
}

function patchCommands(prototype: Connection): void {
  const original = prototype.addCommand;
  prototype.addCommand = function addCommand(this: Connection, command: Command) {
    if (typeof command.doneInsert === 'function') {
      watchCommand(Object.getPrototypeOf(command) as Command);
      if (this[IN_TRANSACTION] === true) watchDeadlock(this, command);
      else this[IN_TRANSACTION] ??= false;
    }
    return original.call(this, command);
  };
}

const seen = new WeakSet<Command>();

/** There is one class for `query` and one for `execute`, and no way to them but through a command. */
function watchCommand(prototype: Command): void {
  if (seen.has(prototype)) return;
  seen.add(prototype);
  const original = prototype.doneInsert;
  if (!original || isMarked(prototype)) return;
  prototype.doneInsert = function doneInsert(this: Command, header) {
    const status = header?.serverStatus;
    if (this._connection && status !== undefined)
      this._connection[IN_TRANSACTION] = (status & SERVER_STATUS_IN_TRANS) !== 0;
    return original.call(this, header);
  };
}

/** An error packet says nothing of the transaction. */
function watchDeadlock(connection: Connection, command: Command): void {
  const done = command.onResult;
  if (!done) return;
  command.onResult = function (this: unknown, error: unknown, ...results: unknown[]) {
    if ((error as { errno?: unknown } | null | undefined)?.errno === DEADLOCK) connection[IN_TRANSACTION] = undefined;
    return done.call(this, error, ...results);
  };
}

/** For connections without a pool: those of a pool end in the callback of their checkout. */
function patchErrors(prototype: Connection): void {
  const original = prototype._notifyError;
  if (typeof original !== 'function') return;
  prototype._notifyError = function _notifyError(this: Connection, error) {
    const guard = isFull(error) ? guardOf(this) : undefined;
    if (guard) serverFull(guard);
    return original.call(this, error);
  };
}
