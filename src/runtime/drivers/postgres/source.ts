import { postgresLimits } from '../../../drivers/limits/postgres.ts';
import type { Answer } from '../../answer.ts';
import { guardOf } from '../../guard.ts';
import type { Address, Counts, Source } from '../../guard.ts';
import { isInTransaction, terminate } from './query.ts';
import type { Session } from './query.ts';

/** What the runtime knows of a `sql` of postgres.js. Read in postgres 3.4.9, cjs/src/index.js. */

export interface Reserved extends Session {
  release(): void;
}

export interface Sql extends Session {
  /** Parsed: cjs/src/index.js:460-505. */
  readonly options: Record<string, unknown>;
  reserve(): Promise<Reserved>;
  begin(...args: unknown[]): Promise<unknown>;
  end(options?: object): Promise<unknown>;
  close(): Promise<unknown>;
}

const METHODS = ['unsafe', 'reserve', 'begin', 'end', 'close'] as const;

/** `reserve` is there since 3.4.0. */
export function findMissing(sql: Partial<Sql>): string | undefined {
  const isParsed = typeof sql.options?.['shared'] === 'object' && 'max' in sql.options;
  return METHODS.find((name) => typeof sql[name] !== 'function') ?? (isParsed ? undefined : 'options.shared');
}

/** Callers that have asked for a connection and have none yet. */
export interface Asking {
  asking: number;
}

export const ASKING = Symbol('asking');

/** Its connections are hidden in closures: what is counted is who holds one and who asks for one. */
export function sourceOf({ options }: Sql, args: readonly unknown[]): Omit<Source, 'target'> & { [ASKING]: Asking } {
  const asking: Asking = { asking: 0 };
  return {
    [ASKING]: asking,
    driver: 'postgres',
    kind: 'pool',
    limits: postgresLimits,
    options: viewOf(options, args),
    address: () => addressOf(options),
    counts(this: Source) {
      return countsOf(guardOf(this.target)?.held ?? 0, asking, Number(options['max']));
    },
    destroy: (connection) => terminate(connection as Session),
    isInTransaction,
    run: (connection, sql) => run(connection as Session, sql),
    take(this: Source) {
      return (this.target as Sql).reserve();
    },
    giveBack(connection, error) {
      if (error) terminate(connection as Session);
      (connection as Reserved).release();
    },
    end(this: Source) {
      return (this.target as Sql).end();
    },
  };
}

/** A result is an array of its rows: cjs/src/result.js. */
async function run(session: Session, sql: string): Promise<Answer> {
  const rows = (await session.unsafe(sql)) as Answer['rows'] & Pick<Answer, 'command'>;
  return { rows, command: rows.command };
}

function countsOf(held: number, { asking }: Asking, max: number): Counts {
  return { total: held, idle: 0, waiting: Math.max(0, asking + held - max), max };
}

/** With replicas, the first. */
function addressOf({ database, host, port, user }: Readonly<Record<string, unknown>>): Address {
  const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
  return { host: String(first(host)), port: Number(first(port)), database: String(database), user: String(user) };
}

/** What the parser writes where the program says nothing: cjs/src/index.js:444-457. */
const isDefault = (name: string, value: unknown): boolean =>
  (name === 'idle_timeout' && value === null) || (name === 'max_lifetime' && typeof value === 'function');

/** The options in effect, and the names that the program wrote beside them. */
function viewOf(options: Record<string, unknown>, args: readonly unknown[]): Record<string, unknown> {
  const stated = args.find((one) => typeof one === 'object' && one !== null) ?? {};
  const names = new Set(Object.keys(stated).filter((name) => !(name in options)));
  const nothing = { enumerable: true, configurable: true, value: undefined };
  return new Proxy(options, {
    get: (_options, name) => (isDefault(String(name), options[String(name)]) ? undefined : options[String(name)]),
    set: (_options, name, value) => Reflect.set(options, name, value),
    ownKeys: () => [...Reflect.ownKeys(options), ...names],
    getOwnPropertyDescriptor: (_options, name) =>
      names.has(String(name)) ? nothing : Reflect.getOwnPropertyDescriptor(options, name),
  });
}
