import { formatPoint, isRollback, type Point } from '../support/stub-world.ts';
import type { Case } from './cases.ts';
import { inputs, stumbles } from './differential.ts';
import type { Failure, Situation } from './real-pool.ts';
import { compile, runOnStub, type Run } from './run-source.ts';

/** What is tried on a server: few of the situations that the stub is put through, chosen with the stub's help. */
export interface Plan {
  readonly situations: readonly Situation[];
  /** Connections that one call of the repaired form holds at once, at most. */
  readonly peak: number;
  /** The original gives back twice or too early: calls at the same time would disturb each other. */
  readonly disturbs: boolean;
}

const failures: readonly Failure[] = ['division', 'duplicate', 'division', 'killed'];

export async function planSituations({ source, dialect }: Case, repaired: string): Promise<Plan> {
  const original = compile(source);
  const fixed = compile(repaired);
  const situations: Situation[] = [];
  const runs: Run[] = [];
  let peak = 1;
  const attempt = async (plan: readonly Point[], input = inputs[0]!): Promise<Run> => {
    const pair = [
      await runOnStub(original, dialect, input, plan),
      await runOnStub(fixed, dialect, input, plan),
    ] as const;
    runs.push(...pair);
    peak = Math.max(peak, pair[1].peak);
    // What never answers is no model; what throws where nobody can catch would end the process.
    const usable = !pair[0].hung && pair.every(({ lost }) => lost.length === 0);
    if (usable) situations.push({ input, plan, failure: chooseFailure(pair, plan), isModel: !stumbles(pair[0]) });
    return pair[1];
  };
  for (const input of inputs) await attempt([], input);
  const { operations } = await attempt([]);
  for (const point of operations.slice(0, 8)) {
    const rollback = findRollback(await attempt([point]), point);
    if (rollback) await attempt([point, rollback]);
  }
  return {
    situations,
    peak,
    disturbs: runs.some(({ violations }) => violations.some(({ kind }) => disturbing.has(kind))),
  };
}

const disturbing: ReadonlySet<string> = new Set([
  'released twice',
  'returned inside a transaction',
  'used after release',
]);

function findRollback(run: Run, after: Point): Point | undefined {
  return operationsAfter(run, after).find(({ label }) => isRollback(label));
}

/**
 * Each statement fails in a way of its own, the ROLLBACK that follows in the same way. A connection that the server
 * closed can be given back and handed out again before anyone notices, to the same call or to another: it is closed
 * only where nothing is checked out afterwards, and in a call that runs alone.
 */
function chooseFailure(runs: readonly Run[], [first]: readonly Point[]): Failure {
  if (first === undefined) return 'division';
  const index = runs[0]!.operations.findIndex((point) => formatPoint(point) === formatPoint(first));
  const failure = failures[Math.max(0, index) % failures.length]!;
  const checksOutAgain = runs.some((run) => operationsAfter(run, first).some(({ label }) => label === 'connect'));
  return failure === 'killed' && checksOutAgain ? 'division' : failure;
}

function operationsAfter(run: Run, after: Point): readonly Point[] {
  const index = run.operations.findIndex((point) => formatPoint(point) === formatPoint(after));
  return run.operations.slice(index + 1);
}
