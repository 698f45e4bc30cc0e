import type { Dialect } from '../support/stub-pool.ts';
import { formatPoint, isRollback, type Point, type ViolationKind } from '../support/stub-world.ts';
import { compile, runOnStub, type Input, type Program, type Run } from './run-source.ts';

/**
 * Runs a function and its repaired form side by side: without a failure, with each operation failing, and with each
 * operation that follows a failure failing as well (so a ROLLBACK fails too). The repaired form must answer as the
 * original does wherever the original answers, and must leave nothing behind.
 */

export type DifferenceKind =
  | ViolationKind
  | 'answers twice'
  | 'does not parse'
  | 'hangs'
  | 'holds more'
  | 'leaks'
  | 'lost error'
  | 'outcome'
  | 'statements';

export interface Difference {
  readonly kind: DifferenceKind;
  /** The input and the failing operations. */
  readonly when: string;
  readonly original: string;
  readonly repaired: string;
}

export interface Comparison {
  readonly runs: number;
  readonly differences: readonly Difference[];
  /** The situations in which the original, and the repaired form, kept a connection. */
  readonly originalLeaks: readonly string[];
  readonly repairedLeaks: readonly string[];
  /** What else the original does wrong. */
  readonly originalViolations: ReadonlySet<ViolationKind>;
  /** Violations that the original commits in the same situation. */
  readonly inherited: readonly Difference[];
}

export const inputs: readonly Input[] = [
  { flag: true, kind: 'a', items: ['x', 'y'], bad: false },
  { flag: false, kind: 'b', items: [], bad: false },
  { flag: false, kind: 'c', items: ['x'], bad: true },
  { flag: true, kind: 'b', items: ['x', 'y', 'z'], bad: true },
  { flag: true, kind: 'c', items: [], bad: false },
];

const DEPTH = 2;
const PLAN_LIMIT = 80;

interface Situation {
  readonly input: Input;
  readonly plan: readonly Point[];
}

interface Pair {
  readonly when: string;
  readonly plan: readonly Point[];
  readonly original: Run;
  /** The original in the same situation with a ROLLBACK that does not fail; the same run where it did not fail. */
  readonly spared: Run;
  readonly repaired: Run;
}

export async function compareOnStub(original: string, repaired: string, dialect: Dialect): Promise<Comparison> {
  const before = compile(original);
  let after: Program;
  try {
    after = repaired === original ? before : compile(repaired);
  } catch (error) {
    return unparsable(String(error));
  }
  const pairs: Pair[] = [];
  for (const input of inputs) pairs.push(...(await explore(before, after, dialect, input)));
  return summarise(pairs);
}

/** Whether a function keeps a connection in some situation, and whether it misbehaves otherwise. */
export async function observe(source: string, dialect: Dialect): Promise<Comparison> {
  return compareOnStub(source, source, dialect);
}

async function explore(before: Program, after: Program, dialect: Dialect, input: Input): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const queue: Situation[] = [{ input, plan: [] }];
  const known = new Set<string>();
  while (queue.length > 0 && pairs.length < PLAN_LIMIT) {
    const { plan } = queue.shift()!;
    const run = await runOnStub(before, dialect, input, plan);
    const repaired = before === after ? run : await runOnStub(after, dialect, input, plan);
    const others = spare(plan, run.outcome);
    const spared = others ? await runOnStub(before, dialect, input, others) : run;
    const pair = { when: describeSituation(input, plan), plan, original: run, spared, repaired };
    pairs.push(pair);
    if (plan.length < DEPTH) enqueue(queue, known, input, plan, pair);
  }
  return pairs;
}

/** Whatever is attempted after the last failure can fail in its turn. */
function enqueue(queue: Situation[], known: Set<string>, input: Input, plan: readonly Point[], pair: Pair): void {
  for (const run of [pair.original, pair.repaired]) {
    for (const point of followingPoints(run, plan)) {
      const key = [...plan, point].map(formatPoint).join(' + ');
      if (known.has(key)) continue;
      known.add(key);
      queue.push({ input, plan: [...plan, point] });
    }
  }
}

function followingPoints(run: Run, plan: readonly Point[]): readonly Point[] {
  const last = plan.at(-1);
  if (last === undefined) return run.operations;
  const index = run.operations.findIndex((point) => formatPoint(point) === formatPoint(last));
  return index === -1 ? [] : run.operations.slice(index + 1);
}

function summarise(pairs: readonly Pair[]): Comparison {
  const differences: Difference[] = [];
  const inherited: Difference[] = [];
  for (const pair of pairs) {
    differences.push(...compareAnswers(pair));
    for (const [difference, isInherited] of compareConduct(pair)) {
      (isInherited ? inherited : differences).push(difference);
    }
  }
  return {
    runs: pairs.length,
    differences,
    inherited,
    originalLeaks: pairs.filter(({ original }) => keepsConnection(original)).map(({ when }) => when),
    repairedLeaks: pairs.filter(({ repaired }) => keepsConnection(repaired)).map(({ when }) => when),
    originalViolations: new Set(pairs.flatMap(({ original }) => original.violations.map(({ kind }) => kind))),
  };
}

/** An error that nobody catches ends the process, and its connections with it: that is another fault. */
function keepsConnection(run: Run): boolean {
  return run.checkedOut > 0 && run.lost.length === 0;
}

/** The same failures but for that of the ROLLBACK whose error came out. */
function spare(plan: readonly Point[], outcome: string): readonly Point[] | undefined {
  const last = plan.find((point) => isRollback(point.label) && outcome === `rejected injected: ${formatPoint(point)}`);
  return last && plan.filter((point) => point !== last);
}

/** The same result, the same error, the same statements. */
function compareAnswers(pair: Pair): Difference[] {
  const { original, spared, repaired } = pair;
  if (repaired.hung) return original.hung ? [] : [difference(pair, 'hangs', original.outcome, 'hung')];
  const found: Difference[] = [];
  if (repaired.answers > original.answers && repaired.answers > 1) {
    found.push(difference(pair, 'answers twice', `${original.answers}`, `${repaired.answers}`));
  }
  // The original did not answer, or stumbled over a release that the driver refused, or would have but for a failing
  // ROLLBACK: it cannot be a model.
  if (original.hung || stumbles(original) || stumbles(spared)) return found;
  const model = isFirstError(pair) ? spared : original;
  if (model.outcome !== repaired.outcome) found.push(difference(pair, 'outcome', model.outcome, repaired.outcome));
  if (statementsOf(pair, model) !== statementsOf(pair, repaired)) {
    found.push(difference(pair, 'statements', model.trace.join('; '), repaired.trace.join('; ')));
  }
  return found;
}

export function stumbles(run: Run): boolean {
  return run.violations.some(({ kind }) => kind === 'released twice');
}

/** Where the original dies of its failing ROLLBACK, the error that made it roll back may win: it is the one that matters. */
function isFirstError({ original, spared, repaired }: Pair): boolean {
  return original !== spared && spared.outcome.startsWith('rejected ') && spared.outcome === repaired.outcome;
}

/** A repair may roll back where something failed, or was thrown inside of a transaction, and nowhere else. */
function statementsOf({ plan, original }: Pair, run: Run): string {
  const mayRollBack = plan.length > 0 || (original.outcome.startsWith('rejected ') && leavesOpen(original));
  return run.trace.filter((text) => !mayRollBack || !isRollback(text)).join('\n');
}

function leavesOpen({ trace }: Run): boolean {
  const last = trace.findLast((text) => /^\s*(?:BEGIN|START TRANSACTION|COMMIT|ROLLBACK)\b/i.test(text));
  return last !== undefined && /^\s*(?:BEGIN|START)/i.test(last);
}

/** What only the repaired form did wrong, and what both do. */
function compareConduct(pair: Pair): (readonly [Difference, boolean])[] {
  const { original, repaired } = pair;
  const found = repaired.violations.map(({ kind, detail }) => {
    const before = original.violations.filter((violation) => violation.kind === kind);
    const now = repaired.violations.filter((violation) => violation.kind === kind);
    return [difference(pair, kind, `${before.length} times`, detail), now.length <= before.length] as const;
  });
  if (repaired.checkedOut > original.checkedOut) {
    found.push([difference(pair, 'leaks', `${original.checkedOut}`, `${repaired.checkedOut}`), false]);
  }
  if (repaired.peak > original.peak) {
    found.push([difference(pair, 'holds more', `${original.peak}`, `${repaired.peak}`), false]);
  }
  const lost = repaired.lost.filter((error) => !original.lost.includes(error));
  if (lost.length > 0) found.push([difference(pair, 'lost error', original.lost.join(), lost.join()), false]);
  return found;
}

function difference(pair: Pair, kind: DifferenceKind, original: string, repaired: string): Difference {
  return { kind, when: pair.when, original, repaired };
}

function unparsable(error: string): Comparison {
  const broken: Difference = { kind: 'does not parse', when: 'always', original: 'parses', repaired: error };
  return {
    runs: 0,
    differences: [broken],
    originalLeaks: [],
    repairedLeaks: [],
    originalViolations: new Set(),
    inherited: [],
  };
}

function describeSituation(input: Input, plan: readonly Point[]): string {
  const failing = plan.length === 0 ? 'nothing fails' : plan.map(formatPoint).join(' + ');
  return `${JSON.stringify(input)}: ${failing}`;
}
