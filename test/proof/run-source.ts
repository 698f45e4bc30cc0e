import ts from 'typescript';
import { StubConnection, StubPool, type Dialect } from '../support/stub-pool.ts';
import { InjectedError, World, type Point, type Violation } from '../support/stub-world.ts';
import { ignoreUnhandled } from './unhandled.ts';

/**
 * Runs the exported `load` of a source text once, against a stub pool, with chosen operations failing, and tells how
 * it ended and what it left behind. A `load` of two parameters takes a callback, any other returns a promise.
 */

export interface Input {
  readonly flag: boolean;
  readonly kind: string;
  readonly items: readonly string[];
  readonly bad: boolean;
}

export interface Run {
  /** `resolved <value>`, `rejected <error>`, `hung`. */
  readonly outcome: string;
  readonly hung: boolean;
  /** How often the callback was called, for a `load` that takes one. */
  readonly answers: number;
  readonly trace: readonly string[];
  readonly operations: readonly Point[];
  readonly violations: readonly Violation[];
  readonly checkedOut: number;
  readonly peak: number;
  /** Errors that nobody could catch: thrown in a callback, or rejections without a handler. */
  readonly lost: readonly string[];
}

export type Modules = Readonly<Record<string, unknown>>;
export type Load = (input: Input, callback?: (error: unknown, value?: unknown) => void) => unknown;
export type Program = (modules: Modules) => Load;

/** Turns a module into a function of the modules that it imports. Throws on a syntax error. */
export function compile(source: string): Program {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    reportDiagnostics: true,
    fileName: 'case.ts',
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  if (diagnostics.length > 0) throw new SyntaxError(ts.flattenDiagnosticMessageText(diagnostics[0]!.messageText, '\n'));
  const body = new Function('require', 'module', 'exports', outputText);
  return (modules) => {
    const module = { exports: {} as { load: Load } };
    body((name: string) => modules[name], module, module.exports);
    return module.exports.load;
  };
}

/** What the cases import. */
export function modulesFor(pool: unknown, helpers: unknown): Modules {
  const Pool = function Pool() {
    return pool;
  };
  const mysql = { createPool: () => pool };
  return {
    pg: { __esModule: true, Pool, default: { Pool } },
    mysql2: { ...mysql, default: mysql, __esModule: true },
    'mysql2/promise': { ...mysql, default: mysql, __esModule: true },
    './db.js': { __esModule: true, pool },
    './helpers.js': helpers,
  };
}

/** Plain functions that may fail as statements may. */
export function helpersFor(attempt: (label: string) => Error | undefined, trace: string[]): unknown {
  const step = (name: string) => (label: string) => {
    trace.push(`${name} ${label}`);
    const error = attempt(`${name} ${label}`);
    if (error) throw error;
    return `${name} ${label}`;
  };
  const check = step('check');
  const notify = step('notify');
  return {
    __esModule: true,
    check,
    notify: async (label: string) => {
      await undefined;
      return notify(label);
    },
    log: (label: string) => void trace.push(`log ${label}`),
    borrow: async (client: Borrowed, text: string) => client.query(text),
  };
}

interface Borrowed {
  readonly query: (text: string) => unknown;
}

export async function runOnStub(
  program: Program,
  dialect: Dialect,
  input: Input,
  plan: readonly Point[],
): Promise<Run> {
  const world = new World(plan);
  const pool = new StubPool(world, dialect);
  const helpers = helpersFor((label) => world.attempt(label), world.trace);
  const answer: Answer = { outcome: 'hung', count: 0 };
  const unhandled = await ignoreUnhandled(async () => {
    const load = program(modulesFor(pool, helpers));
    start(load, input, answer);
    // Everything above settles in microtasks, so one turn of the event loop is enough.
    await new Promise((resolve) => setImmediate(resolve));
  });
  return {
    outcome: answer.outcome,
    hung: answer.count === 0,
    answers: answer.count,
    trace: world.trace,
    operations: world.operations,
    violations: world.violations,
    checkedOut: world.checkedOut,
    peak: world.peak,
    lost: [...world.uncaught, ...unhandled].map(describeError),
  };
}

interface Answer {
  outcome: string;
  count: number;
}

function start(load: Load, input: Input, answer: Answer): void {
  const finish = (outcome: string): void => {
    answer.count += 1;
    if (answer.count === 1) answer.outcome = outcome;
  };
  const reject = (error: unknown): void => finish(`rejected ${describeError(error)}`);
  const resolve = (value: unknown): void => finish(`resolved ${describeValue(value)}`);
  try {
    if (load.length > 1) load(input, (error, value) => (error ? reject(error) : resolve(value)));
    else Promise.resolve(load(input)).then(resolve, reject);
  } catch (error) {
    reject(error);
  }
}

export function describeError(error: unknown): string {
  if (error instanceof InjectedError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** A text for comparison. A connection in it belongs to the caller now, who gives it back; a closure is called. */
function describeValue(value: unknown): string {
  if (value instanceof StubConnection) {
    value.release();
    return 'connection';
  }
  if (typeof value === 'function') return `closure of ${callClosure(value as () => unknown)}`;
  if (Array.isArray(value)) return `[${value.map(describeValue).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  return `{${Object.entries(value)
    .map(([key, entry]) => `${key}: ${describeValue(entry)}`)
    .join(', ')}}`;
}

function callClosure(closure: () => unknown): string {
  try {
    return describeValue(closure());
  } catch (error) {
    return describeError(error);
  }
}
