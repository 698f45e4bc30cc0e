import type { Dialect } from '../../support/stub-pool.ts';
import type { Random } from './random.ts';
import type { Piece } from './text.ts';

/** What the statement that is being generated can see. */
export interface Scope {
  readonly random: Random;
  readonly dialect: Dialect;
  /** The name of the connection. */
  readonly client: string;
  /** Expressions over what was read so far. */
  readonly results: string[];
  /** What was put in, for the statistics. */
  readonly tags: Set<string>;
  /** Written before a statement that leaves the function: a release, a ROLLBACK, nothing. */
  readonly leave: readonly Piece[];
  readonly inLoop: boolean;
  readonly inTransaction: boolean;
  readonly depth: number;
  /** Gives each statement its own number. */
  readonly number: () => number;
}

export function within(scope: Scope, changes: Partial<Scope> = {}): Scope {
  return { ...scope, results: [...scope.results], depth: scope.depth + 1, ...changes };
}

export function acquire(scope: Pick<Scope, 'dialect'>, pool = 'pool'): string {
  return scope.dialect === 'pg' ? `${pool}.connect()` : `${pool}.getConnection()`;
}

export function release(scope: Scope): string {
  return `${scope.client}.release()`;
}

/** A statement that PostgreSQL and the stub both understand; its number makes it one of a kind. */
export function sql(scope: Scope): string {
  const n = scope.number();
  const texts = [
    `"SELECT '${n}' AS value"`,
    `"SELECT '${n}' AS value"`,
    `"INSERT INTO events (value) VALUES ('${n}') RETURNING value"`,
    `\`SELECT '${n}' AS value\``,
    `\`SELECT '${n}'\n    AS value\``,
    `\`\n  SELECT '${n}' AS value\n\``,
  ];
  const text = scope.random.pick(texts);
  if (text.includes('\n')) scope.tags.add('template over lines');
  return text;
}

export function query(scope: Scope): string {
  const method = scope.dialect === 'mysql2' && scope.random.chance(0.4) ? 'execute' : 'query';
  return `${scope.client}.${method}(${sql(scope)})`;
}

/** The end of a function: everything that was read, a literal, or nothing. */
export function answer(scope: Scope): Piece[] {
  const { random, results } = scope;
  if (results.length > 0 && random.chance(0.8)) {
    if (results.length === 1) return [`return ${results[0]}`];
    return [`return { ${results.map((result, index) => `r${index}: ${result}`).join(', ')} }`];
  }
  return random.chance(0.5) ? [`return 'answer ${scope.number()}'`] : [];
}
