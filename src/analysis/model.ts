import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { CallbackShape, Driver, Lease, Ownership } from '../drivers/driver.ts';
import type { Setup } from './options/model.ts';

export type { LimitOption } from '../drivers/driver.ts';
export type * from './options/model.ts';

/**
 * What the analysis hands to rules and fixes: checkouts and their verdicts. Types only; no file of the analysis below
 * this one is imported by a rule.
 */

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** The code in which a connection is held: a function, or the module. */
export type Holder = FunctionNode | TSESTree.Program | TSESTree.StaticBlock;

/** `proven`: imports, annotations, settings or types say so. `likely`: only its use does. */
export type Certainty = 'likely' | 'proven';

/**
 * How the connection reaches its name.
 * - `declared`   `const client = await pool.connect()`
 * - `assigned`   `client = await pool.connect()`
 * - `callback`   `pool.connect((error, client, done) => …)`
 * - `chained`    `pool.connect().then((client) => …)`
 * - `parameter`  `(runner = source.createQueryRunner()) => …`
 * - `field`      `this.runner = source.createQueryRunner()`
 * - `unnamed`    `(await pool.connect()).query(…)`: nobody can give it back
 */
export type Form = 'assigned' | 'callback' | 'chained' | 'declared' | 'field' | 'parameter' | 'unnamed';

/** One connection that must come back. */
export interface Checkout {
  readonly driver: Driver;
  readonly lease: Lease;
  readonly certainty: Certainty;
  readonly form: Form;
  /** The call that hands the connection out. */
  readonly site: TSESTree.CallExpression | TSESTree.NewExpression;
  /** What the user calls it, for messages: `client`, `this.runner`. */
  readonly name: string;
  /** The call as the user wrote it, without arguments: `pool.connect`. */
  readonly source: string;
  /** The variable that holds it; none for fields and unnamed ones. */
  readonly variable: TSESLint.Scope.Variable | undefined;
  /** The function whose end is the end of the connection's life. */
  readonly holder: Holder;
  /** For `callback`: the positions of error, value and `done`. */
  readonly callback: CallbackShape | undefined;
  /** The variable that gives back when called: `done` of a callback, `const { release } = client`. */
  readonly done: TSESLint.Scope.Variable | undefined;
  /** On some path somebody else takes it over: it is returned, stored or handed on. */
  readonly handedOn: boolean;
  /** Every call that gives it back, in source order. */
  readonly releases: readonly TSESTree.CallExpression[];
}

/** Why a held connection is lost. */
export type LeakReason =
  /** No path gives it back. */
  | 'never'
  /** An operation throws (or a promise rejects) on the way to giving it back. */
  | 'throw'
  /** A `return`, `break` or `continue` leaves before. */
  | 'exit'
  /** A branch, or a callback's error path, ends without it. */
  | 'path'
  /** Another connection is put into the same variable. */
  | 'overwritten';

/** One way in which a connection is lost, with its witness. */
export interface Leak {
  readonly reason: LeakReason;
  /** The operation that can throw, the statement that leaves, or the end of the path. */
  readonly witness: TSESTree.Node;
  /** Only a plain call could throw here, one that has nothing to do with the connection: possible, seldom real. */
  readonly unlikely?: true;
}

/** What is wrong with a checkout. All lists are in source order. */
export interface Verdict {
  readonly checkout: Checkout;
  readonly leaks: readonly Leak[];
  /** Calls that give back what was given back before, on every path that reaches them. */
  readonly secondReleases: readonly TSESTree.CallExpression[];
  /** Uses after the connection was given back, on every path that reaches them. */
  readonly lateUses: readonly TSESTree.Node[];
  /** `return client.query(…)` without `await`, in a `try` whose `finally` gives back. */
  readonly unawaitedReturns: readonly TSESTree.CallExpression[];
}

/** A BEGIN, COMMIT or ROLLBACK sent through a pool. */
export interface PoolTransaction {
  readonly call: TSESTree.CallExpression;
  /** The statement's first words as the user knows them: `START TRANSACTION`. */
  readonly statement: string;
  /** What it does to the transaction: BEGIN, COMMIT or ROLLBACK. */
  readonly keyword: string;
  /** The pool as the user wrote it. */
  readonly pool: string;
  readonly certainty: Certainty;
}

/** A pool, or a connection of one's own, that the code builds. */
export interface Creation {
  readonly driver: Driver;
  /** The name of its kind in the driver's data. */
  readonly kind: string;
  readonly owns: Ownership;
  /** `new Pool(…)`, `createConnection(…)`. */
  readonly site: TSESTree.CallExpression | TSESTree.NewExpression;
  /** What the user calls it, for messages: `pool`, `this.client`; the maker's own name where it has none. */
  readonly name: string;
  /** The maker as the user wrote it: `new pg.Pool`, `createConnection`. */
  readonly source: string;
  /** The variable that holds it. */
  readonly variable: TSESLint.Scope.Variable | undefined;
  /** The function (or module) whose code builds it. */
  readonly holder: Holder;
  /** Why it is built again and again; undefined where nothing says so. */
  readonly repeats: Repetition | undefined;
  /** Calls that end it, in the function that builds it, in source order. */
  readonly ends: readonly TSESTree.CallExpression[];
  /** Whose `error` events nobody listens to: its own (`built`), those of the connections it hands out (`held`). */
  readonly unheard: readonly ('built' | 'held')[];
}

/** A pool or client as the code sets it up. */
export interface Configuration {
  readonly driver: Driver;
  /** The name of its kind in the driver's data. */
  readonly kind: string;
  /** `new Pool(…)`, `knex(…)`. */
  readonly site: TSESTree.CallExpression | TSESTree.NewExpression;
  /** What the user calls it, for messages; the maker's own name where it has none. */
  readonly name: string;
  /** What it keeps open, where it keeps something. */
  readonly owns: Ownership | undefined;
  /** How it is built and ended; nothing in scripts, and for what keeps nothing open. */
  readonly creation: Creation | undefined;
  /** The database it is for, as the code says it; undefined where that is not in view. */
  readonly database: string | undefined;
  /** Its options and connection strings, and how the driver reads them. */
  readonly setup: Setup;
}

/**
 * - `slot`       the framework calls the function that builds it
 * - `called`     such a function calls the function that builds it
 * - `parameters` the function's parameters are those of a handler
 * - `loop`       a loop, an array callback or a timer runs it
 * - `oneShot`    the function builds it, uses it, and ends or forgets it, at each call
 * - `keyed`      it serves one entity alone: a subscriber to the channel of one id
 * - `reload`     module code that a development server loads again and again
 * - `forgotten`  a global is read in its place, but nothing ever sets it
 */
export type RepetitionReason = 'called' | 'forgotten' | 'keyed' | 'loop' | 'oneShot' | 'parameters' | 'reload' | 'slot';

/** What makes a place run more than once. */
export interface Repetition {
  readonly reason: RepetitionReason;
  readonly certainty: Certainty;
  /** For messages: `Express route handler`, `loop`, `every call of \`runQuery\``. */
  readonly what: string;
  /** The function, loop or module that repeats. */
  readonly node: TSESTree.Node;
}
