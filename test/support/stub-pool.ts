import { EventEmitter } from 'node:events';
import type { Callback, World } from './stub-world.ts';

/**
 * A pool without a server. It behaves as pg's and mysql2's pools do where checkouts are concerned, writes down every
 * statement, and lets chosen operations fail.
 */

export type Dialect = 'mysql2' | 'pg';

type Statement = string | { text?: string; sql?: string };

/** A connection of either dialect: the methods of both are present. */
export class StubConnection extends EventEmitter {
  readonly id: number;
  readonly pool: StubPool;
  state: 'closed' | 'held' | 'idle' = 'idle';
  inTransaction = false;
  inFlight = 0;
  /** Replaced at every checkout, as pg does. */
  release: (error?: unknown) => void = () => {};

  constructor(pool: StubPool, id: number) {
    super();
    this.pool = pool;
    this.id = id;
    // pg has no disposal.
    if (pool.dialect === 'mysql2') Object.assign(this, { [Symbol.asyncDispose]: async () => this.release() });
  }

  query(statement: Statement, ...rest: unknown[]): unknown {
    if (this.state !== 'held') this.pool.world.violate('used after release', textOf(statement));
    return this.run(textOf(statement), rest.find(isCallback));
  }

  execute(statement: string, ...rest: unknown[]): unknown {
    return this.query(statement, ...rest);
  }

  beginTransaction(callback?: Callback): unknown {
    return this.query('START TRANSACTION', callback);
  }

  commit(callback?: Callback): unknown {
    return this.query('COMMIT', callback);
  }

  rollback(callback?: Callback): unknown {
    return this.query('ROLLBACK', callback);
  }

  /** mysql2: closes the connection and frees its slot. */
  destroy(): void {
    if (this.state === 'held') this.pool.take(this, true);
  }

  /** pg closes the socket and keeps the slot; mysql2 releases. */
  end(): Promise<void> {
    if (this.pool.dialect === 'mysql2') this.release();
    return Promise.resolve();
  }

  run(text: string, callback?: Callback): unknown {
    const { world, dialect } = this.pool;
    world.trace.push(text);
    const error = world.attempt(text);
    if (error === undefined) this.#followTransaction(text);
    this.inFlight += 1;
    const rows = [{ value: text }, { value: `${text} (2)` }];
    const results: unknown[] = dialect === 'pg' ? [{ rows, rowCount: 2 }] : [[rows, []]];
    const passed: unknown[] = dialect === 'pg' ? results : [rows, []];
    return world.settle(error, callback ? passed : results, callback, () => (this.inFlight -= 1));
  }

  /** A failed COMMIT leaves the transaction open: the client cannot know. */
  #followTransaction(text: string): void {
    if (/^\s*(?:BEGIN|START TRANSACTION)\b/i.test(text)) this.inTransaction = true;
    if (/^\s*(?:COMMIT|END|ROLLBACK)\b(?! TO)/i.test(text)) this.inTransaction = false;
  }
}

export class StubPool extends EventEmitter {
  readonly world: World;
  readonly dialect: Dialect;
  readonly #max: number;
  readonly #idle: StubConnection[] = [];
  readonly #waiters: ((connection: StubConnection) => void)[] = [];
  #opened = 0;
  #open = 0;

  constructor(world: World, dialect: Dialect, max = Infinity) {
    super();
    this.world = world;
    this.dialect = dialect;
    this.#max = max;
  }

  get totalCount(): number {
    return this.#open;
  }

  get idleCount(): number {
    return this.#idle.length;
  }

  get waitingCount(): number {
    return this.#waiters.length;
  }

  connect(callback?: Callback): unknown {
    return this.#checkOut(callback);
  }

  getConnection(callback?: Callback): unknown {
    return this.#checkOut(callback);
  }

  releaseConnection(connection: StubConnection): void {
    connection.release();
  }

  /** One statement on some connection. A failing one costs the connection, so nothing is left open by it. */
  async query(statement: Statement): Promise<unknown> {
    const connection = await this.#obtain();
    this.#lend(connection);
    try {
      const result = await connection.run(textOf(statement));
      this.take(connection, false);
      return result;
    } catch (error) {
      this.take(connection, true);
      throw error;
    }
  }

  execute(statement: string): Promise<unknown> {
    return this.query(statement);
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  /** Takes a held connection back, or closes it. */
  take(connection: StubConnection, close: boolean): void {
    this.world.checkedOut -= 1;
    if (connection.inFlight > 0) this.world.violate('released in flight', `connection ${connection.id}`);
    if (connection.inTransaction && !close) {
      this.world.violate('returned inside a transaction', `connection ${connection.id}`);
    }
    connection.state = close ? 'closed' : 'idle';
    if (close) this.#open -= 1;
    else this.#idle.push(connection);
    this.#pulse();
  }

  #checkOut(callback?: Callback): unknown {
    const error = this.world.attempt('connect');
    if (error) return this.world.settle(error, callback ? [undefined, () => {}] : [], callback);
    const obtained = this.#obtain().then((connection) => this.#lend(connection));
    if (callback === undefined) return this.world.exhausted ? new Promise(() => {}) : obtained;
    void obtained.then((connection) => this.world.call(callback, undefined, [connection, connection.release]));
    return undefined;
  }

  /** An idle connection, a new one, or the next that comes back. */
  #obtain(): Promise<StubConnection> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#pulse();
    });
  }

  #pulse(): void {
    if (this.#waiters.length === 0) return;
    if (this.#idle.length === 0 && this.#open >= this.#max) return;
    this.#waiters.shift()!(this.#idle.pop() ?? this.#create());
  }

  #create(): StubConnection {
    this.#open += 1;
    this.#opened += 1;
    return new StubConnection(this, this.#opened);
  }

  #lend(connection: StubConnection): StubConnection {
    connection.state = 'held';
    this.world.hold();
    connection.release = this.dialect === 'pg' ? this.#pgRelease(connection) : this.#mysqlRelease(connection);
    return connection;
  }

  /** pg-pool throws when the same checkout is released again. */
  #pgRelease(connection: StubConnection): (error?: unknown) => void {
    let released = false;
    return (error) => {
      if (released) {
        this.world.violate('released twice', `connection ${connection.id}`);
        throw new Error('Release called on client which has already been released to the pool.');
      }
      released = true;
      this.take(connection, Boolean(error));
    };
  }

  /** mysql2 ignores a release of what nobody holds, and frees another holder's connection otherwise. */
  #mysqlRelease(connection: StubConnection): () => void {
    return () => {
      if (connection.state === 'held') this.take(connection, false);
      else this.world.violate('released twice', `connection ${connection.id}`);
    };
  }
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function textOf(statement: Statement): string {
  return typeof statement === 'string' ? statement : (statement.text ?? statement.sql ?? '');
}
