import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from '../support/postgres.ts';
import { formatPoint } from '../support/stub-world.ts';
import type { Case } from './cases.ts';
import { callOnServer, openPool, type Call, type Failure, type HeldClient, type Situation } from './real-pool.ts';
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
  calls = 0;

  private constructor(server: PostgresServer) {
    this.#server = server;
    this.#originals = openPool({ ...server, max: 80, application_name: 'original' });
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
    await close(this.#originals);
    await this.#admin.end();
  }

  /** What the repaired form does otherwise, and what it leaves behind. */
  async compare(subject: Case, repaired: string, limit = ANSWER_LIMIT_MS): Promise<string[]> {
    const plan = await planSituations(subject, repaired);
    const { situations, peak } = plan;
    const before = await this.#run(this.#originals, subject.source, plan, ANSWER_LIMIT_MS);
    // A call that holds one connection and waits for the next needs one more than all the others hold.
    const max = Math.max(3, (peak - 1) * situations.length + 1);
    const pool = openPool({ ...this.#server, max, application_name: 'repaired' });
    const after = await this.#run(pool, repaired, { ...plan, disturbs: false }, limit);
    await close(pool);
    this.calls += 2 * situations.length;
    return [...compareOutcomes(situations, before.calls, after.calls), ...after.faults];
  }

  /** What still held connections keep from ending is taken away from the calls: originals may leak. */
  async #run(pool: pg.Pool, source: string, { situations, disturbs }: Plan, limit: number): Promise<Result> {
    const program = compile(source);
    const calm = situations.filter(({ failure }) => failure !== 'killed');
    const run = (situation: Situation): Promise<Call> => callOnServer(program, pool, situation, limit);
    const calls = disturbs ? await oneByOne(calm, run) : await Promise.all(calm.map(run));
    const faults = pool === this.#originals ? [] : await this.#inspect(pool);
    for (const { held } of calls) discard(held);
    const byCall = new Map(calm.map((situation, index) => [situation, calls[index]!]));
    for (const situation of situations.filter(({ failure }) => failure === 'killed')) {
      const alone = openPool({ ...this.#server, max: 10 });
      const call = await callOnServer(program, alone, situation, limit);
      byCall.set(situation, call);
      if (pool !== this.#originals) faults.push(...(await collectHeld(alone)));
      discard(call.held);
      await close(alone);
    }
    return { calls: situations.map((situation) => byCall.get(situation)!), faults };
  }

  async #inspect(pool: pg.Pool): Promise<string[]> {
    const faults = await collectHeld(pool);
    const open = await this.#countOpenTransactions();
    if (open > 0) faults.push(`${open} connections given back inside a transaction`);
    return [...faults, ...(await collectDirty(pool))];
  }

  async #countOpenTransactions(): Promise<number> {
    const { rows } = await this.#admin.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM pg_stat_activity
       WHERE application_name = 'repaired' AND state LIKE 'idle in transaction%'`,
    );
    return rows[0]!.open;
  }
}

async function collectHeld(pool: pg.Pool): Promise<string[]> {
  // A callback may answer first and give back next.
  for (let turn = 0; turn < 20 && pool.totalCount !== pool.idleCount; turn += 1) await sleep(5);
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

/** Every idle connection must be ready for a new transaction: status `I`. */
async function collectDirty(pool: pg.Pool): Promise<string[]> {
  const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
  const faults: string[] = [];
  for (const client of clients) {
    const status = client.getTransactionStatus();
    if (status !== 'I') faults.push(`an idle connection has transaction status ${status}`);
    client.release(true);
  }
  return faults;
}

/** A faulty repair may hold connections for ever; they go with the server. */
async function close(pool: pg.Pool): Promise<void> {
  await Promise.race([pool.end(), sleep(500, undefined, { ref: false })]);
}

function discard(held: readonly HeldClient[]): void {
  for (const client of held) (client as unknown as pg.PoolClient).release(true);
}

function compareOutcomes(situations: readonly Situation[], before: readonly Call[], after: readonly Call[]): string[] {
  return situations.flatMap((situation, index) => {
    const [old, now] = [before[index]!.outcome, after[index]!.outcome];
    if (old === now || isFirstError(now, situation)) return [];
    const when = situation.plan.map(formatPoint).join(' + ') || 'nothing fails';
    return [`${when} (${situation.failure}): ${old} became ${now}`];
  });
}

/** Where a ROLLBACK fails as well, the error before it may win. */
function isFirstError(outcome: string, { plan, failure }: Situation): boolean {
  const [first, second] = plan;
  if (first === undefined || second === undefined) return false;
  return outcome === `rejected ${errorTexts[failure]}` || outcome === `rejected injected: ${formatPoint(first)}`;
}

const errorTexts: Readonly<Record<Failure, string>> = {
  division: 'error: division by zero',
  duplicate: 'error: duplicate key value violates unique constraint "taken_pkey"',
  killed: 'connection lost',
};
