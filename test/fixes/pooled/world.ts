import { ignoreUnhandled } from '../../proof/unhandled.ts';
import { compile, describeError } from '../../proof/run-source.ts';
import type { Program } from '../../proof/run-source.ts';
import { formatPoint, isRollback, World } from '../../support/stub-world.ts';
import type { Point } from '../../support/stub-world.ts';

/**
 * Drivers without a server that build connections of their own as well as pools: `pg` and `mysql2/promise`. One run
 * says what was answered, which statements ran, how many connections were opened, and what was left behind.
 */
export interface Outcome {
  readonly answers: readonly string[];
  readonly trace: readonly string[];
  readonly operations: readonly Point[];
  readonly opened: number;
  /** Connections of its own still open, and those not given back. */
  readonly left: number;
  /** Connections given back inside a transaction or with a statement running, and uses after that. */
  readonly faults: readonly string[];
}

class Server {
  readonly world: World;
  opened = 0;
  left = 0;
  readonly idle: Session[] = [];

  constructor(plan: readonly Point[]) {
    this.world = new World(plan);
  }

  async open(): Promise<Session> {
    await undefined;
    const error = this.world.attempt('connect');
    if (error) throw error;
    this.opened += 1;
    return new Session(this);
  }

  async checkOut(): Promise<Session> {
    const session = this.idle.pop() ?? (await this.open());
    session.isHeld = true;
    this.left += 1;
    return session;
  }

  /** A statement on some connection; one that failed costs it. */
  async query(text: string): Promise<unknown> {
    const session = await this.checkOut();
    try {
      const result = await session.query(text);
      session.release();
      return result;
    } catch (error) {
      session.release(error);
      throw error;
    }
  }
}

class Session {
  readonly #server: Server;
  #isOpen = false;
  #running = 0;
  isHeld = false;

  constructor(server: Server) {
    this.#server = server;
  }

  async query(text: string): Promise<unknown> {
    const { world } = this.#server;
    if (!this.isHeld) world.violate('used after release', text);
    world.trace.push(text);
    this.#running += 1;
    await undefined;
    this.#running -= 1;
    const error = world.attempt(text);
    if (error) throw error;
    if (/^(?:BEGIN|START)/.test(text)) this.#isOpen = true;
    if (/^(?:COMMIT|ROLLBACK)/.test(text)) this.#isOpen = false;
    const rows = [{ value: text }];
    return Object.assign([rows, []], { rows, rowCount: 1 });
  }

  execute = (text: string): Promise<unknown> => this.query(text);
  beginTransaction = (): Promise<unknown> => this.query('BEGIN');
  commit = (): Promise<unknown> => this.query('COMMIT');
  rollback = (): Promise<unknown> => this.query('ROLLBACK');
  destroy = (): void => this.release(new Error('destroyed'));

  release(error?: unknown): void {
    const { world, idle } = this.#server;
    if (!this.isHeld) world.violate('released twice', '');
    if (this.#running > 0) world.violate('released in flight', '');
    if (this.#isOpen && !error) world.violate('returned inside a transaction', '');
    this.isHeld = false;
    this.#server.left -= 1;
    if (!error) idle.push(this);
  }
}

/** A connection of its own: to end it ends its transaction. */
function dedicated(server: Server): object {
  let session: Session | undefined;
  const open = async (): Promise<unknown> => {
    session = await server.open();
    session.isHeld = true;
    server.left += 1;
    return client;
  };
  const end = async (): Promise<void> => {
    await undefined;
    if (session) server.left -= 1;
    session = undefined;
  };
  const call =
    (method: 'beginTransaction' | 'commit' | 'query' | 'rollback') =>
    async (text = ''): Promise<unknown> => {
      if (!session) throw new Error('not connected');
      return session[method](text);
    };
  const client = {
    ...{ connect: open, end, query: call('query'), execute: call('query') },
    ...{ beginTransaction: call('beginTransaction'), commit: call('commit'), rollback: call('rollback') },
  };
  return client;
}

function modulesOf(server: Server): Record<string, unknown> {
  const pool = {
    connect: () => server.checkOut(),
    getConnection: () => server.checkOut(),
    query: (text: string) => server.query(text),
    execute: (text: string) => server.query(text),
    on: () => pool,
  };
  const pg = {
    Client: function Client() {
      return dedicated(server);
    },
    Pool: function Pool() {
      return pool;
    },
  };
  const createConnection = (): Promise<unknown> => (dedicated(server) as { connect: () => Promise<unknown> }).connect();
  const mysql = { createConnection, createPool: () => pool };
  const work = (label: string): string => {
    server.world.trace.push(label);
    const error = server.world.attempt(label);
    if (error) throw error;
    return label;
  };
  return {
    pg: { __esModule: true, ...pg, default: pg },
    'mysql2/promise': { __esModule: true, ...mysql, default: mysql },
    './db.js': { __esModule: true, pool },
    './work.js': { __esModule: true, work, wait: async (label: string) => work(label) },
  };
}

async function run(program: Program, plan: readonly Point[], calls: number): Promise<Outcome> {
  const server = new Server(plan);
  const answers: string[] = [];
  await ignoreUnhandled(async () => {
    const load = program(modulesOf(server));
    for (let call = 0; call < calls; call++) answers.push(await answerOf(load));
    await new Promise((resolve) => setImmediate(resolve));
  });
  const { world, opened, left } = server;
  const faults = world.violations.map(({ kind, detail }) => `${kind} ${detail}`);
  return { answers, trace: world.trace, operations: world.operations, opened, left, faults };
}

async function answerOf(load: ReturnType<Program>): Promise<string> {
  try {
    return JSON.stringify(await load({ flag: true, kind: 'a', items: ['x', 'y'], bad: false })) ?? 'undefined';
  } catch (error) {
    return `rejected ${describeError(error)}`;
  }
}

/** Runs both with no, one and two operations failing; the lines say where the repaired form does worse. */
export async function differences(original: string, repaired: string): Promise<string[]> {
  const [before, after] = [compile(original), compile(repaired)];
  const found: string[] = [];
  const queue: Point[][] = [[]];
  for (const plan of queue) {
    const [old, now] = [await run(before, plan, 1), await run(after, plan, 1)];
    const when = plan.map(formatPoint).join(' + ') || 'nothing fails';
    const say = (what: string): unknown => found.push(`${when}: ${what}`);
    if (now.left > 0) say(`${now.left} not given back`);
    for (const fault of now.faults) say(fault);
    if (!isSameAnswer(old, now, plan)) say(`${old.answers.join()} became ${now.answers.join()}`);
    const statements = (one: Outcome): string => one.trace.filter((text) => !isRollback(text)).join('; ');
    if (statements(old) !== statements(now)) say(`${statements(old)} became ${statements(now)}`);
    if (plan.length > 1) continue;
    const last = plan.at(-1);
    const from = last ? now.operations.findIndex((one) => formatPoint(one) === formatPoint(last)) : -1;
    queue.push(...now.operations.slice(from + 1).map((point) => [...plan, point]));
  }
  return found;
}

/** The first error may win over one of rolling back, or of a statement on what never connected. */
function isSameAnswer(old: Outcome, now: Outcome, plan: readonly Point[]): boolean {
  const [was, is] = [old.answers.join(), now.answers.join()];
  if (was === is) return true;
  const [first] = plan;
  const isFirst = first !== undefined && is === `rejected injected: ${formatPoint(first)}`;
  return isFirst && (plan.some(({ label }) => isRollback(label)) || was === 'rejected Error: not connected');
}

/** How many connections so many calls open, one after the other. */
export async function opened(source: string, calls: number): Promise<number> {
  return (await run(compile(source), [], calls)).opened;
}
