import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from '../support/postgres.ts';
import { formatPoint, isRollback } from '../support/stub-world.ts';
import type { Case } from './cases.ts';
import { callOnServer, openPool, type Call, type HeldClient, type Situation } from './real-pool.ts';
import { compile } from './run-source.ts';
import { planSituations, type Plan } from './situations.ts';

/** Runs originals and their repaired forms on one server, many calls at a time, and compares. */

const ANSWER_LIMIT_MS = 5000;

interface Result {
  readonly calls: readonly Call[];
  readonly faults: string[];
}

export class ServerProof {
  readonly #server: PostgresServer;
  readonly #originals: pg.Pool;
  readonly #admin: pg.Client;
  /** For the repaired forms, by size: what leaves a pool clean leaves it to the next. */
  readonly #pools = new Map<number, pg.Pool>();
  calls = 0;

  private constructor(server: PostgresServer) {
    this.#server = server;
    this.#originals = openPool({ ...server, max: 80 });
    this.#admin = new pg.Client(server);
  }

  static async open(server: PostgresServer): Promise<ServerProof> {
    const proof = new ServerProof(server);
    await proof.#admin.connect();
    await proof.#admin.query('CREATE UNLOGGED TABLE events (value text)');
    await proof.#admin.query('CREATE UNLOGGED TABLE taken (id integer PRIMARY KEY)');
    await proof.#admin.query('INSERT INTO taken (id) VALUES (1)');
    return proof;
  }

  async close(): Promise<void> {
    for (const pool of [this.#originals, ...this.#pools.values()]) await close(pool);
    await this.#admin.end();
  }

  /** What the repaired form does otherwise, and what it leaves behind. */
  async compare(subject: Case, repaired: string, limit = ANSWER_LIMIT_MS): Promise<string[]> {
    const plan = await planSituations(subject, repaired);
    const { situations, peak } = plan;
    const before = await this.#run(this.#originals, subject.source, plan, ANSWER_LIMIT_MS);
    // A call that holds one connection and waits for the next needs one more than all the others hold.
    const max = Math.max(3, (peak - 1) * situations.length + 1);
    const pool = this.#pools.get(max) ?? openPool({ ...this.#server, max, idleTimeoutMillis: 1000 });
    const after = await this.#run(pool, repaired, { ...plan, disturbs: false }, limit);
    if (after.faults.length === 0) {
      this.#pools.set(max, pool);
    } else {
      this.#pools.delete(max);
      await close(pool);
    }
    this.calls += 2 * situations.length;
    return [...compareOutcomes(situations, before.calls, after.calls), ...after.faults];
  }

  /** What still held connections keep from ending is taken away from the calls: originals may leak. */
  async #run(pool: pg.Pool, source: string, { situations, disturbs }: Plan, limit: number): Promise<Result> {
    const program = compile(source);
    const calm = situations.filter(({ failure }) => failure !== 'killed');
    const run = async (situation: Situation): Promise<Call> => {
      const call = await callOnServer(program, pool, situation, limit);
      if (disturbs) await discardDirty(pool);
      return call;
    };
    const calls = disturbs ? await oneByOne(calm, run) : await Promise.all(calm.map(run));
    const faults = pool === this.#originals ? [] : await this.#inspect(pool);
    for (const { held } of calls) discard(held);
    const byCall = new Map(calm.map((situation, index) => [situation, calls[index]!]));
    for (const situation of situations.filter(({ failure }) => failure === 'killed')) {
      const alone = openPool({ ...this.#server, max: 10 });
      const call = await callOnServer(program, alone, situation, limit);
      byCall.set(situation, call);
      if (pool !== this.#originals) faults.push(...(await this.#inspect(alone)));
      discard(call.held);
      await close(alone);
    }
    return { calls: situations.map((situation) => byCall.get(situation)!), faults };
  }

  async #inspect(pool: pg.Pool): Promise<string[]> {
    return [...(await collectHeld(pool)), ...(await this.#collectDirty(pool))];
  }

  /**
   * Every idle connection must be ready for a new transaction, by its own account and by the server's. What was
   * thrown away is none of them, though its session may take a moment to end.
   */
  async #collectDirty(pool: pg.Pool): Promise<string[]> {
    const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
    const { rows } = await this.#admin.query<{ pid: number; state: string }>(
      "SELECT pid, state FROM pg_stat_activity WHERE pid = ANY ($1) AND state LIKE 'idle in transaction%'",
      [clients.map((client) => (client as unknown as { processID: number }).processID)],
    );
    const faults = rows.map(({ state }) => `a connection was given back ${state}`);
    for (const client of clients) {
      const status = client.getTransactionStatus();
      if (status !== 'I') faults.push(`an idle connection has transaction status ${status}`);
      client.release(faults.length > 0);
    }
    return faults;
  }
}

/** What an original gives back inside a transaction is kept from the next call. */
async function discardDirty(pool: pg.Pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
  for (const client of clients) client.release(client.getTransactionStatus() !== 'I');
}

async function collectHeld(pool: pg.Pool): Promise<string[]> {
  // A callback may answer first and give back next.
  for (let turn = 0; turn < 400 && pool.totalCount !== pool.idleCount; turn += 1) await sleep(5);
  const faults: string[] = [];
  const held = pool.totalCount - pool.idleCount;
  if (held > 0) faults.push(`${held} connections not given back`);
  if (pool.waitingCount > 0) faults.push(`${pool.waitingCount} calls wait for a connection`);
  return faults;
}

async function oneByOne<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}

/** A faulty repair may hold connections for ever; they go with the server. */
async function close(pool: pg.Pool): Promise<void> {
  await Promise.race([pool.end(), sleep(500, undefined, { ref: false })]);
}

function discard(held: readonly HeldClient[]): void {
  for (const client of held) (client as unknown as pg.PoolClient).release(true);
}

function compareOutcomes(situations: readonly Situation[], before: readonly Call[], after: readonly Call[]): string[] {
  const outcomes = new Map(situations.map((situation, index) => [nameOf(situation), before[index]!.outcome]));
  return situations.flatMap((situation, index) => {
    if (!situation.isModel) return [];
    const [old, now] = [before[index]!.outcome, after[index]!.outcome];
    // Where a ROLLBACK fails the error before it may win.
    const last = situation.plan.at(-1);
    const spared =
      last && isRollback(last.label) && outcomes.get(nameOf({ ...situation, plan: situation.plan.slice(0, -1) }));
    if (old === now || (now === spared && now.startsWith('rejected '))) return [];
    return [`${nameOf(situation)}: ${old} became ${now}`];
  });
}

function nameOf({ input, plan, failure }: Situation): string {
  const failing = plan.length === 0 ? 'nothing fails' : `${plan.map(formatPoint).join(' + ')} (${failure})`;
  return `${JSON.stringify(input)}: ${failing}`;
}
