import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from '../support/postgres.ts';
import { formatPoint } from '../support/stub-world.ts';
import type { Case } from './cases.ts';
import { callOnServer, openPool, type Call, type Failure, type HeldClient, type Situation } from './real-pool.ts';
import { compile } from './run-source.ts';
import { planSituations } from './situations.ts';

/** Runs originals and their repaired forms on one server, many calls at a time, and compares. */

const ANSWER_LIMIT_MS = 5000;

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
    await this.#originals.end();
    await this.#admin.end();
  }

  /** What the repaired form does otherwise, and what it leaves behind. */
  async compare(subject: Case, repaired: string, limit = ANSWER_LIMIT_MS): Promise<string[]> {
    const { situations, peak, disturbs } = await planSituations(subject, repaired);
    const before = await this.#runOriginal(subject.source, situations, disturbs);
    // A call that holds one connection and waits for the next needs one more than all the others hold.
    const max = Math.max(3, (peak - 1) * situations.length + 1);
    const pool = openPool({ ...this.#server, max, application_name: 'repaired' });
    const program = compile(repaired);
    const after = await Promise.all(situations.map((situation) => callOnServer(program, pool, situation, limit)));
    this.calls += 2 * situations.length;
    const faults = [...compareOutcomes(situations, before, after), ...(await this.#inspect(pool))];
    for (const { held } of after) discard(held);
    await pool.end();
    return faults;
  }

  /** The original may keep what it checks out: its pool is large, and the harness takes the connections away from it. */
  async #runOriginal(source: string, situations: readonly Situation[], disturbs: boolean): Promise<Call[]> {
    const program = compile(source);
    const run = (situation: Situation): Promise<Call> =>
      callOnServer(program, this.#originals, situation, ANSWER_LIMIT_MS);
    const calls: Call[] = [];
    if (disturbs) for (const situation of situations) calls.push(await run(situation));
    else calls.push(...(await Promise.all(situations.map(run))));
    for (const { held } of calls) discard(held);
    return calls;
  }

  async #inspect(pool: pg.Pool): Promise<string[]> {
    // A callback may answer first and give back next.
    for (let turn = 0; turn < 20 && pool.totalCount !== pool.idleCount; turn += 1) await sleep(5);
    const faults: string[] = [];
    if (pool.totalCount !== pool.idleCount) faults.push(`${pool.totalCount - pool.idleCount} connections not given back`);
    if (pool.waitingCount > 0) faults.push(`${pool.waitingCount} calls wait for a connection`);
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

/** Asks every idle connection whether it is ready for a new transaction. */
async function collectDirty(pool: pg.Pool): Promise<string[]> {
  const clients = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
  const faults: string[] = [];
  for (const client of clients) {
    const before = client.getTransactionStatus();
    const { rows } = await client.query('SELECT txid_current_if_assigned() IS NULL AS clean');
    if (before !== 'I' || !rows[0].clean) faults.push(`an idle connection has transaction status ${before}`);
    client.release(true);
  }
  return faults;
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
