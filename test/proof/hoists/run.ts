import ts from 'typescript';
import { ignoreUnhandled } from '../unhandled.ts';
import type { Input } from '../run-source.ts';
import { otherModules, request } from './other-drivers.ts';
import { sqlModules } from './sql-drivers.ts';
import { World, type CallPoint, type Misdeed } from './world.ts';

/** Loads a module with drivers that have no server, calls what it serves several times, and tells what came of it. */

export interface Run {
  /** Of each call: `resolved <value>`, `rejected <error>`, `hung`. */
  readonly outcomes: readonly string[];
  readonly traces: readonly (readonly string[])[];
  readonly operations: readonly CallPoint[];
  readonly misdeeds: readonly Misdeed[];
  readonly built: number;
  readonly opened: number;
  /** Opened before the first call. */
  readonly openedAtLoad: number;
  readonly alive: number;
  readonly checkedOut: number;
  readonly unheard: number;
  /** Rejections that nobody handled. */
  readonly lost: readonly string[];
}

export type Order = 'one after the other' | 'at the same time';
export type Program = (world: World, env: Record<string, string>) => Handler[];
type Handler = (input: Input) => unknown;

const environment = { DATABASE_URL: 'from-env', DB_HOST: 'host-from-env' };

/** Turns a module into a function. Throws on a syntax error. */
export function compile(source: string): Program {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    reportDiagnostics: true,
    fileName: 'case.ts',
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  if (diagnostics.length > 0) throw new SyntaxError(ts.flattenDiagnosticMessageText(diagnostics[0]!.messageText, '\n'));
  const body = new Function('require', 'module', 'exports', 'process', 'globalThis', 'global', 'console', outputText);
  return (world, env) => {
    const handlers: Handler[] = [];
    const modules = modulesOf(world, handlers);
    const module = { exports: {} as Record<string, Handler | undefined> };
    const globals = {};
    const console = { error: () => {}, log: () => {} };
    body((name: string) => modules[name], module, module.exports, { env }, globals, globals, console);
    const { handler, load, GET } = module.exports;
    return handlers.length > 0 ? handlers : [handler, load, GET].filter((one) => one !== undefined);
  };
}

export async function run(
  program: Program,
  order: Order,
  inputs: readonly Input[],
  plan: readonly CallPoint[],
): Promise<Run> {
  const world = new World(plan, order === 'at the same time');
  const outcomes: string[] = inputs.map(() => 'hung');
  let openedAtLoad = 0;
  const unhandled = await ignoreUnhandled(async () => {
    const env: Record<string, string> = {};
    const handlers = program(world, env);
    openedAtLoad = world.opened;
    // The environment is loaded by whoever imported the module, after that.
    Object.assign(env, environment);
    const call = (index: number): Promise<void> =>
      world.inCall(index, async () => {
        outcomes[index] = await answerOf(handlers[index % handlers.length]!, inputs[index]!);
      });
    const running = Promise.resolve().then(async () => {
      if (order === 'at the same time') await Promise.all(inputs.map((_, index) => call(index)));
      else for (const index of inputs.keys()) await call(index);
    });
    // Everything settles in microtasks; what did not after a turn of the event loop never will.
    await Promise.race([running, pause()]);
    await pause();
    world.finish();
  });
  return {
    outcomes,
    traces: inputs.map((_, index) => world.traces.get(index) ?? []),
    operations: world.operations,
    misdeeds: world.misdeeds,
    built: world.built,
    opened: world.opened,
    openedAtLoad,
    alive: world.alive,
    checkedOut: world.checkedOut,
    unheard: world.unheard.size,
    lost: unhandled.map(describeError),
  };
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function answerOf(handler: Handler, input: Input): Promise<string> {
  try {
    return `resolved ${describe(await handler(input))}`;
  } catch (error) {
    return `rejected ${describeError(error)}`;
  }
}

function describe(value: unknown): string {
  if (typeof value === 'function') return `closure of ${describe((value as () => unknown)())}`;
  if (Array.isArray(value)) return `[${value.map(describe).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  return `{${Object.entries(value)
    .map(([key, entry]) => `${key}: ${describe(entry)}`)
    .join(', ')}}`;
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function modulesOf(world: World, handlers: Handler[]): Record<string, unknown> {
  const modules: Record<string, object> = {
    ...sqlModules(world),
    ...otherModules(world),
    express: () => ({ get: (_path: string, handler: ExpressHandler) => void handlers.push(answering(handler)) }),
    fastify: () => ({ get: (_path: string, handler: ExpressHandler) => void handlers.push(answering(handler)) }),
    axios: {
      get: async (url: string, options: { httpsAgent?: unknown }) => ({
        data: await request(world, url, options.httpsAgent),
      }),
    },
    './config.js': { config: { host: 'from-config' }, HOST: 'imported-host' },
    './names.js': { pool: 'a name', makeHost: () => `host-of-${world.call}` },
    './helpers.js': helpersOf(world),
  };
  return Object.fromEntries(Object.entries(modules).map(([name, own]) => [name, asModule(own)]));
}

function asModule(exports: object): object {
  const own = typeof exports === 'function' ? exports : { ...exports };
  return Object.assign(own, { __esModule: true, default: exports });
}

type ExpressHandler = (request: { body: Input }, response: { json: (value: unknown) => void }) => unknown;

/** What a handler sends, else what it returns. */
function answering(handler: ExpressHandler): Handler {
  return async (input) => {
    const sent: unknown[] = [];
    const returned = await handler({ body: input }, { json: (value) => void sent.push(value) });
    return sent.length > 0 ? sent[0] : returned;
  };
}

function helpersOf(world: World): object {
  const step = (name: string) => (label: string) => {
    world.write(`${name} ${label}`);
    world.attempt(`${name} ${label}`);
    return `${name} ${label}`;
  };
  const notify = step('notify');
  return {
    check: step('check'),
    notify: async (label: string) => {
      await world.turn();
      return notify(label);
    },
    log: (label: string) => world.write(`log ${label}`),
    borrow: async (client: { query: (text: string) => unknown }, text: string) => client.query(text),
  };
}
