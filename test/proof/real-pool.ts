import pg from 'pg';
import { InjectedError, Numbering, formatPoint, type Point } from '../support/stub-world.ts';
import { describeError, helpersFor, modulesFor, type Input, type Program } from './run-source.ts';

/**
 * Runs `load` against PostgreSQL. Each call sees the pool through a facade of its own, which puts a failing statement
 * in the place of those that are to fail, and knows what the call still holds.
 */

/** How a statement fails: an error of the server, a constraint, or the loss of the connection. */
export type Failure = 'division' | 'duplicate' | 'killed';

const failing: Readonly<Record<Failure, string>> = {
  division: 'SELECT 1/0',
  duplicate: 'INSERT INTO taken (id) VALUES (1)',
  killed: 'SELECT pg_terminate_backend(pg_backend_pid())',
};

export interface Situation {
  readonly input: Input;
  readonly plan: readonly Point[];
  readonly failure: Failure;
  /** The original's answer is the right one: it does not stumble over a release of its own. */
  readonly isModel: boolean;
}

export interface Call {
  readonly outcome: string;
  /** What the call checked out and did not give back. */
  readonly held: readonly HeldClient[];
}

/** A client that runs other statements than asked for, on behalf of the call that holds it. */
export class HeldClient extends pg.Client {
  rewrite: ((text: string) => string) | undefined;

  constructor(config: pg.ClientConfig) {
    super(config);
    // A connection that is lost while it is held would end the process.
    this.on('error', () => {});
  }

  override query(statement: unknown, ...rest: unknown[]): never {
    const text = typeof statement === 'string' && this.rewrite ? this.rewrite(statement) : statement;
    return super.query(text as string, ...(rest as [])) as never;
  }
}

export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, Client: HeldClient as unknown as typeof pg.Client });
  pool.on('error', () => {});
  return pool;
}

type Connected = (error: unknown, client?: HeldClient, done?: pg.PoolClient['release']) => void;

class Facade {
  readonly held = new Set<HeldClient>();
  readonly #pool: pg.Pool;
  readonly #planned: ReadonlySet<string>;
  readonly #numbering = new Numbering();
  readonly #failure: Failure;

  constructor(pool: pg.Pool, { plan, failure }: Situation) {
    this.#pool = pool;
    this.#planned = new Set(plan.map(formatPoint));
    this.#failure = failure;
  }

  attempt(label: string): InjectedError | undefined {
    const point = this.#numbering.next(label);
    return this.#planned.has(formatPoint(point)) ? new InjectedError(point) : undefined;
  }

  connect(callback?: Connected): Promise<HeldClient> | undefined {
    const connected = this.#connect();
    if (callback === undefined) return connected;
    connected.then(
      (client) => callback(null, client, (client as unknown as pg.PoolClient).release),
      (error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  async query(text: string): Promise<unknown> {
    const client = await this.#lend();
    const { release } = client as unknown as pg.PoolClient;
    try {
      const result = await (client as pg.Client).query(text);
      release();
      return result;
    } catch (error) {
      release(true);
      throw error;
    }
  }

  async #connect(): Promise<HeldClient> {
    const error = this.attempt('connect');
    if (error) throw error;
    return this.#lend();
  }

  async #lend(): Promise<HeldClient> {
    const client = (await this.#pool.connect()) as unknown as HeldClient & pg.PoolClient;
    const giveBack = client.release;
    client.rewrite = (text) => (this.attempt(text) ? failing[this.#failure] : text);
    this.held.add(client);
    client.release = (error?: Error | boolean) => {
      this.held.delete(client);
      giveBack(error);
    };
    return client;
  }
}

/** One call, bounded in time. */
export async function callOnServer(
  program: Program,
  pool: pg.Pool,
  situation: Situation,
  limit: number,
): Promise<Call> {
  const facade = new Facade(pool, situation);
  const load = program(
    modulesFor(
      facade,
      helpersFor((label) => facade.attempt(label), []),
    ),
  );
  const outcome = await new Promise<string>((resolve) => {
    const timer = setTimeout(resolve, limit, `no answer within ${limit} ms`);
    const finish = (text: string): void => {
      clearTimeout(timer);
      resolve(text);
    };
    const reject = (error: unknown): void => finish(`rejected ${nameError(error)}`);
    const answer = (value: unknown): void => finish(`resolved ${nameValue(value)}`);
    try {
      if (load.length > 1) load(situation.input, (error, value) => (error ? reject(error) : answer(value)));
      else Promise.resolve(load(situation.input)).then(answer, reject);
    } catch (error) {
      reject(error);
    }
  });
  return { outcome, held: [...facade.held] };
}

/** A client that is returned is the caller's to give back. */
function nameValue(value: unknown): string {
  if (value instanceof HeldClient) {
    (value as unknown as pg.PoolClient).release();
    return 'connection';
  }
  if (typeof value === 'function') return `closure of ${JSON.stringify((value as () => unknown)())}`;
  return (
    JSON.stringify(value, (key, entry: unknown) => (key.startsWith('_') || key === 'oid' ? undefined : entry)) ??
    'undefined'
  );
}

/** How the loss of a connection is worded depends on when it is noticed. */
function nameError(error: unknown): string {
  const text = describeError(error);
  return /terminat|not queryable|connection error/i.test(text) ? 'connection lost' : text;
}
