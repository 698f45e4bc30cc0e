import { isRollback } from '../../support/stub-world.ts';
import { inputs as samples } from '../differential.ts';
import type { Input } from '../run-source.ts';
import { compile, run, type Order, type Program, type Run } from './run.ts';
import { formatCallPoint, type CallPoint } from './world.ts';

/**
 * Runs a module and its repaired form side by side, with each operation of the first calls failing, and each that
 * follows a failure. Operations that only the original runs (to connect again, to end) cannot fail in the repaired
 * form: the original is the model with the failures that the repaired form met.
 */

export interface Difference {
  readonly kind: string;
  readonly when: string;
  readonly original: string;
  readonly repaired: string;
}

export interface Comparison {
  readonly runs: number;
  readonly differences: readonly Difference[];
  /** Without a failure, one call after the other. */
  readonly before: Run;
  readonly after: Run;
}

const inputs: readonly Input[] = [samples[0]!, samples[1]!, samples[0]!, samples[2]!];

interface Pair {
  readonly when: string;
  readonly plan: readonly CallPoint[];
  readonly original: Run;
  /** The original without the failure of the ROLLBACK whose error came out. */
  readonly spared: Run;
  readonly repaired: Run;
}

export async function compare(original: string, repaired: string, limit: number): Promise<Comparison> {
  const before = compile(original);
  const after = compile(repaired);
  const pairs: Pair[] = [];
  pairs.push(...(await explore(before, after, 'one after the other', limit)));
  pairs.push(...(await explore(before, after, 'at the same time', Math.ceil(limit / 3))));
  return {
    runs: pairs.length,
    differences: pairs.flatMap(differencesOf),
    before: pairs[0]!.original,
    after: pairs[0]!.repaired,
  };
}

async function explore(before: Program, after: Program, order: Order, limit: number): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const queue: CallPoint[][] = [[]];
  for (const plan of queue) {
    if (pairs.length >= limit) break;
    const repaired = await run(after, order, inputs, plan);
    const met = plan.filter((point) => has(repaired, point));
    const original = await run(before, order, inputs, met);
    const others = met.filter((point) => !isRollback(point.label) || !cameOut(original, point));
    const spared = others.length < met.length ? await run(before, order, inputs, others) : original;
    const failing = plan.length === 0 ? 'nothing fails' : plan.map(formatCallPoint).join(' + ');
    pairs.push({ when: `${order}: ${failing}`, plan: met, original, spared, repaired });
    // An end that only the repaired form runs is the release rule's, which may let it fail.
    const points = following(repaired, plan).filter((point) => point.label !== 'end' || has(original, point));
    if (plan.length < 2) queue.push(...points.map((point) => [...plan, point]));
  }
  return pairs;
}

/** Its error is what the call answered. */
function cameOut({ outcomes }: Run, point: CallPoint): boolean {
  return outcomes[point.call] === `rejected Error: injected: ${formatCallPoint(point)}`;
}

function has({ operations }: Run, point: CallPoint): boolean {
  return operations.some((one) => formatCallPoint(one) === formatCallPoint(point));
}

/** Of the first two calls; after a failure, of the same call. ROLLBACKs come first: few others tell more. */
function following({ operations }: Run, [first]: readonly CallPoint[]): CallPoint[] {
  if (!first) return operations.filter(({ call }) => call === 0 || call === 1);
  const key = formatCallPoint(first);
  const index = operations.findIndex((one) => formatCallPoint(one) === key);
  const later = operations.slice(index + 1).filter(({ call }) => call === first.call);
  return [...later.filter(({ label }) => isRollback(label)), ...later.filter(({ label }) => !isRollback(label))];
}

function differencesOf(pair: Pair): Difference[] {
  const { original, repaired, when } = pair;
  const found: Difference[] = [];
  const add = (kind: string, was: unknown, is: unknown): void =>
    void found.push({ kind, when, original: String(was), repaired: String(is) });
  for (const index of inputs.keys()) {
    if (!isSameAnswer(pair, index)) add('outcome', original.outcomes[index], repaired.outcomes[index]);
    const [was, is] = [statementsOf(pair, original, index), statementsOf(pair, repaired, index)];
    if (was !== is && isModel(original, index) && !isSpared(pair, index)) add('statements', was, is);
  }
  for (const kind of new Set(repaired.misdeeds.map((one) => one.kind))) {
    const count = (one: Run): number => one.misdeeds.filter((misdeed) => misdeed.kind === kind).length;
    if (count(repaired) > count(original))
      add(kind, count(original), repaired.misdeeds.find((one) => one.kind === kind)!.detail);
  }
  const most = (kind: string, key: 'checkedOut' | 'opened' | 'openedAtLoad'): void => {
    if (repaired[key] > original[key]) add(kind, original[key], repaired[key]);
  };
  // Where the original never answers, or stumbles over what it ended itself, what should have come after it never came.
  const isWhole =
    original.outcomes.every((one) => one !== 'hung') &&
    !original.misdeeds.some(({ kind }) => kind === 'used after end');
  if (isWhole) most('leaks', 'checkedOut');
  if (isWhole) most('opens more', 'opened');
  most('opens when it is loaded', 'openedAtLoad');
  const lost = repaired.lost.filter((error) => !original.lost.includes(error));
  if (lost.length > 0) add('lost error', original.lost.join(), lost.join());
  return found;
}

/** A call that never answers, or that used what had been ended, tells nothing. */
function isModel({ outcomes }: Run, index: number): boolean {
  return outcomes[index] !== 'hung' && outcomes[index] !== 'rejected Error: not connected';
}

function isSameAnswer({ plan, original, spared, repaired }: Pair, index: number): boolean {
  const is = repaired.outcomes[index]!;
  if (original.outcomes[index] === is) return true;
  if (is !== 'hung' && !isModel(original, index)) return true;
  if (!is.startsWith('rejected ')) return false;
  // Where `finally` ends what it must, an end that fails in its turn wins: that is how everybody writes it.
  return (
    spared.outcomes[index] === is ||
    (plan.length > 1 && plan.some((one) => one.label === 'end' && is.endsWith(formatCallPoint(one))))
  );
}

/** Where the original dies of its ROLLBACK, the error that made it roll back may win, and what follows it may differ. */
function isSpared({ original, repaired }: Pair, index: number): boolean {
  return original.outcomes[index] !== repaired.outcomes[index];
}

function statementsOf({ plan, original }: Pair, one: Run, index: number): string {
  const lines = one.traces[index] ?? [];
  const mayRollBack = plan.some(({ call }) => call === index) || leavesOpen(original.traces[index] ?? []);
  return lines.filter((text) => !mayRollBack || !isRollback(text)).join('\n');
}

function leavesOpen(lines: readonly string[]): boolean {
  const last = lines.findLast((text) => /^\s*(?:BEGIN|START TRANSACTION|COMMIT|ROLLBACK)\b/i.test(text));
  return last !== undefined && /^\s*(?:BEGIN|START)/i.test(last);
}
