import type { Lease } from '../../leases.ts';
import { isMarked } from '../../patched.ts';
import { world } from '../../world.ts';

/**
 * What is known of a connection that is held: whether its transaction is open, and whether it is still there. postgres.js
 * keeps both to itself, but its queries pass through their prototype. Read in postgres 3.4.9, cjs/src/query.js.
 */

type Tag = (strings: TemplateStringsArray, ...args: unknown[]) => Query;

/** What runs on one connection: a reserved one, or that of a transaction. */
export interface Session extends Tag {
  unsafe(sql: string): Query;
}

interface Result {
  /** The server's word for what it did: `BEGIN`, `COMMIT`, `ROLLBACK`. */
  readonly command?: string;
}

export interface Query extends Promise<unknown> {
  /** Runs it: a closure for each `sql`, which is how they are told apart. */
  handler: Handler;
  /** The text, once it is sent: cjs/src/connection.js:230. */
  readonly string?: string;
  readonly executed: boolean;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  handle(): Promise<void>;
}

type Handler = ((query: Query) => void) & { [STATUS]?: Status | undefined; [FAILED]?: (error: unknown) => void };

export interface Status {
  isOpen: boolean;
  /** Queries without an answer. */
  running: number;
  /** The connection's own number, where `options` tell. */
  id: number | undefined;
  /** It is gone, and what the program holds is nobody's. */
  isClosed: boolean;
  /** Its queries are seen. */
  isKnown: boolean;
  /** In which the driver looks for `debug`: cjs/src/connection.js:247. Undefined where nothing may be changed. */
  readonly options: Record<string, unknown> | undefined;
}

const STATUS = Symbol('status');
const FAILED = Symbol('failed');

export const statusOf = (session: object): Status | undefined => (session as { [STATUS]?: Status })[STATUS];

/** Looks at what a session runs from here on. */
export function watchSession(session: Session, options: Status['options']): Status {
  const status: Status = { isOpen: false, running: 0, id: undefined, isClosed: false, isKnown: false, options };
  (session as { [STATUS]?: Status })[STATUS] = status;
  return status;
}

/** Of the session whose handler it is; its first query tells. */
function statusFor(handler: Handler): Status | undefined {
  if (!(STATUS in handler || FAILED in handler)) identify(handler);
  return handler[STATUS];
}

/** To find a session's handler costs as much as the checkout, and who runs nothing needs it not. */
function identify(handler: Handler): void {
  for (const lease of world.leases) if (isReserved(lease)) know(lease.connection as Session);
  // That of a transaction belongs to none, and is looked for only once.
  handler[STATUS] ??= undefined;
}

/** Not the connection of a transaction, which nobody gives back. */
const isReserved = ({ connection, guard }: Lease): boolean =>
  guard.source.driver === 'postgres' && Object.hasOwn(connection, 'release');

function know(session: Session): Status {
  const status = statusOf(session) ?? watchSession(session, undefined);
  if (!status.isKnown) handlerOf(session)[STATUS] = status;
  status.isKnown = true;
  return status;
}

/** Hears of the failures of single queries. */
export function watchFailures(session: Session, failed: (error: unknown) => void): void {
  handlerOf(session)[FAILED] = failed;
}

/** Of a query that nobody runs. */
function handlerOf(session: Session): Handler {
  const query = session.unsafe('');
  patchQuery(Object.getPrototypeOf(query) as Query);
  return query.handler;
}

/** Every way to run a query comes by `handle`, the first time to send it. */
function patchQuery(prototype: Query): void {
  if (isMarked(prototype)) return;
  const original = prototype.handle;
  prototype.handle = function handle(this: Query): Promise<void> {
    const { handler } = this;
    const status = statusFor(handler);
    if (!this.executed && status?.isClosed) this.reject(closedError());
    else if (!this.executed && status) watch(this, status);
    else if (!this.executed && handler[FAILED]) watchFailure(this, handler[FAILED]);
    return status?.isClosed ? Promise.resolve() : original.call(this);
  };
}

function closedError(): Error {
  const message = 'The connection was closed while it was reserved. Reserve another one.';
  return Object.assign(new Error(message), { code: 'CONNECTION_CLOSED' });
}

function watchFailure(query: Query, failed: (error: unknown) => void): void {
  const { reject } = query;
  query.reject = (error) => {
    failed(error);
    reject(error);
  };
}

function watch(query: Query, status: Status): void {
  const { reject, resolve } = query;
  status.running += 1;
  query.resolve = (result) => {
    status.running -= 1;
    status.isOpen = isOpenAfter(status.isOpen, query.string ?? '', result);
    resolve(result);
  };
  query.reject = (error) => {
    status.running -= 1;
    reject(error);
  };
  if (status.options && status.id === undefined) learn(query, status, status.options);
}

/** `debug` is told the number of the connection in the moment in which the query is sent. */
function learn(query: Query, status: Status, options: Record<string, unknown>): void {
  const { handler } = query;
  query.handler = (one) => {
    const { debug } = options;
    options['debug'] = (id: number, ...rest: unknown[]): void => {
      status.id = id;
      if (typeof debug === 'function') debug(id, ...rest);
    };
    try {
      handler(one);
    } finally {
      options['debug'] = debug;
    }
  };
}

const OPENS = new Set(['BEGIN', 'START TRANSACTION']);
const CLOSES = new Set(['COMMIT', 'ROLLBACK', 'PREPARE TRANSACTION']);
/** They end in the middle of a transaction, by the same word of the server. */
const GOES_ON = /\b(?:rollback|abort)\s+(?:(?:work|transaction)\s+)?to\b|\band\s+chain\b/i;

function isOpenAfter(isOpen: boolean, text: string, result: unknown): boolean {
  const results = (Array.isArray(result) && Array.isArray(result[0]) ? result : [result]) as readonly Result[];
  return results.reduce((isSo, one) => {
    const command = one?.command ?? '';
    if (OPENS.has(command)) return true;
    return CLOSES.has(command) && !GOES_ON.test(text) ? false : isSo;
  }, isOpen);
}

export function isInTransaction(session: object): boolean | undefined {
  const status = statusOf(session);
  // What is reserved has none before it runs something.
  if (!status) return 'release' in session ? false : undefined;
  return status.running > 0 ? undefined : status.isOpen;
}

/** Ends a session by the server, as soon as it has an answer to this. */
const ENDING = 'BEGIN; SET LOCAL idle_in_transaction_session_timeout = 1';

/**
 * No method closes one connection, so that the server does it: while no query runs, because the driver would give that one's
 * error to the next one, too (cjs/src/connection.js:815). Whoever holds it gets an error with the next query.
 */
export function terminate(session: Session): void {
  const status = Object.hasOwn(session, 'release') ? know(session) : undefined;
  if (status?.isClosed) return;
  // Without a transaction the server would only warn of a ROLLBACK, and the driver print that.
  const ending = status?.isOpen === false ? ENDING : `ROLLBACK; ${ENDING}`;
  session.unsafe(ending).then(
    () => {},
    () => {},
  );
  if (status) status.isClosed = true;
}
