import { EventEmitter } from 'node:events';
import { hostOf, Session } from './session.ts';
import type { World } from './world.ts';

/** `pg` and `mysql2/promise` without a server, as far as building, checking out and ending are concerned. */

export type Dialect = 'mysql2' | 'pg';

type Statement = string | { text?: string; sql?: string };

function textOf(statement: Statement): string {
  return typeof statement === 'string' ? statement : (statement.text ?? statement.sql ?? '');
}

async function ask(session: Session, dialect: Dialect, statement: Statement): Promise<unknown> {
  const rows = await session.run(textOf(statement));
  return dialect === 'pg' ? { rows, rowCount: rows.length } : [rows, []];
}

/** What pools hand out, of either dialect: the methods of both are present. */
class Lent extends EventEmitter {
  readonly #pool: SqlPool;
  readonly #session: Session;
  #isBack = false;

  constructor(pool: SqlPool, session: Session) {
    super();
    this.#pool = pool;
    this.#session = session;
    pool.world.checkedOut += 1;
  }

  async query(statement: Statement): Promise<unknown> {
    if (this.#isBack) this.#pool.world.misbehave('used after release', textOf(statement));
    return ask(this.#session, this.#pool.dialect, statement);
  }

  execute = (statement: Statement): Promise<unknown> => this.query(statement);
  beginTransaction = (): Promise<unknown> => this.query('BEGIN');
  commit = (): Promise<unknown> => this.query('COMMIT');
  rollback = (): Promise<unknown> => this.query('ROLLBACK');

  release = (error?: unknown): void => {
    const isDiscarded = this.#pool.dialect === 'pg' && Boolean(error);
    this.#giveBack(isDiscarded);
  };

  destroy(): void {
    this.#giveBack(true);
  }

  #giveBack(isDiscarded: boolean): void {
    const { world, dialect } = this.#pool;
    if (this.#isBack) {
      world.misbehave('released twice', this.#session.host);
      if (dialect === 'pg') throw new Error('Release called on client which has already been released to the pool.');
      return;
    }
    this.#isBack = true;
    world.checkedOut -= 1;
    if (this.#session.inFlight > 0) world.misbehave('released in flight', this.#session.host);
    if (this.#session.inTransaction && !isDiscarded) {
      world.misbehave('returned inside a transaction', this.#session.host);
    }
    this.#pool.take(this.#session, isDiscarded);
  }
}

export class SqlPool extends EventEmitter {
  readonly world: World;
  readonly dialect: Dialect;
  readonly #host: string;
  readonly #max: number;
  readonly #idle: Session[] = [];
  readonly #waiters: (() => void)[] = [];
  #busy = 0;
  #isEnded = false;

  constructor(world: World, dialect: Dialect, options?: { max?: number; connectionLimit?: number } | string) {
    super();
    this.world = world;
    this.dialect = dialect;
    this.#host = hostOf(options);
    const own = typeof options === 'object' ? options : {};
    this.#max = own.max ?? own.connectionLimit ?? 10;
    world.built += 1;
    world.alive += 1;
    // mysql2 has no error event of its own: lib/base/pool.js.
    if (dialect === 'pg') world.unheard.add(this);
  }

  connect = async (): Promise<Lent> => new Lent(this, await this.#obtain());
  getConnection = (): Promise<Lent> => this.connect();
  execute = (statement: Statement): Promise<unknown> => this.query(statement);

  /** One statement on some connection; one that failed costs it in pg: pg-pool/index.js:440. */
  async query(statement: Statement): Promise<unknown> {
    const session = await this.#obtain();
    try {
      return await ask(session, this.dialect, statement);
    } catch (error) {
      session.close();
      throw error;
    } finally {
      if (session.inTransaction && !session.isClosed) this.world.misbehave('returned inside a transaction', this.#host);
      this.take(session, session.isClosed);
    }
  }

  /** pg waits for what is checked out, and refuses to end twice: pg-pool/index.js:485-500. */
  async end(): Promise<void> {
    if (this.#isEnded) {
      if (this.dialect === 'mysql2') return;
      throw new Error('Called end on pool more than once');
    }
    this.#isEnded = true;
    this.world.alive -= 1;
    this.world.unheard.delete(this);
    for (const session of this.#idle.splice(0)) session.close();
    while (this.#busy > 0 && this.dialect === 'pg') await new Promise<void>((resolve) => this.#waiters.push(resolve));
    this.world.attempt('end');
  }

  override on(event: string, listener: (...parameters: unknown[]) => void): this {
    if (event === 'error') this.world.unheard.delete(this);
    return super.on(event, listener);
  }

  take(session: Session, isDiscarded: boolean): void {
    this.#busy -= 1;
    if (isDiscarded || this.#isEnded) session.close();
    else this.#idle.push(session);
    this.#waiters.shift()?.();
  }

  async #obtain(): Promise<Session> {
    if (this.#isEnded) {
      this.world.misbehave('used after end', this.#host);
      throw new Error('Cannot use a pool after calling end on the pool');
    }
    while (this.#busy >= this.#max) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    this.#busy += 1;
    try {
      await this.world.turn();
      this.world.attempt('connect');
      return this.#idle.pop() ?? new Session(this.world, this.#host);
    } catch (error) {
      this.#busy -= 1;
      this.#waiters.shift()?.();
      throw error;
    }
  }
}

/** A connection of one's own. */
export class SqlClient extends EventEmitter {
  readonly #world: World;
  readonly #dialect: Dialect;
  readonly #host: string;
  #session: Session | undefined;
  #isEnded = false;
  #isTried = false;

  constructor(world: World, dialect: Dialect, options?: unknown) {
    super();
    this.#world = world;
    this.#dialect = dialect;
    this.#host = hostOf(options);
    world.built += 1;
    world.alive += 1;
  }

  async connect(): Promise<this> {
    if (this.#isTried) throw new Error('Client has already been connected. You cannot reuse a client.');
    this.#isTried = true;
    await this.#world.turn();
    this.#world.attempt('connect');
    this.#session = new Session(this.#world, this.#host);
    return this;
  }

  async query(statement: Statement): Promise<unknown> {
    if (this.#isEnded) this.#world.misbehave('used after end', textOf(statement));
    if (!this.#session || this.#isEnded) throw new Error('not connected');
    return ask(this.#session, this.#dialect, statement);
  }

  execute = (statement: Statement): Promise<unknown> => this.query(statement);
  beginTransaction = (): Promise<unknown> => this.query('BEGIN');
  commit = (): Promise<unknown> => this.query('COMMIT');
  rollback = (): Promise<unknown> => this.query('ROLLBACK');

  /** What is running ends first. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    while (this.#session && this.#session.inFlight > 0) await this.#world.turn();
    this.destroy();
    this.#world.attempt('end');
  }

  destroy(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#world.alive -= 1;
    this.#session?.close();
  }
}

export function sqlModules(world: World): Record<string, object> {
  class Pool extends SqlPool {
    constructor(options?: object) {
      super(world, 'pg', options);
    }
  }
  class Client extends SqlClient {
    constructor(options?: unknown) {
      super(world, 'pg', options);
    }
  }
  const mysql = {
    createPool: (options: object | string) => new SqlPool(world, 'mysql2', options),
    createConnection: (options: unknown) => new SqlClient(world, 'mysql2', options).connect(),
  };
  return { pg: { Pool, Client }, 'mysql2/promise': mysql };
}
