import type { Limit } from '../../drivers/driver.ts';
import { boundsOf } from '../../drivers/reading/bounds.ts';
import { collectDatabases, countsOf } from '../databases.ts';
import type { Guard } from '../guard.ts';
import { setupOf } from '../limits/setup.ts';

/** What the metrics show of the pools of one name, read from the pools when somebody asks: no sums of changes. */
export interface Figures {
  readonly name: string;
  readonly idle: number;
  readonly used: number;
  readonly waiting: number;
  /** Left out where nothing bounds it, or where the driver has no such limit. */
  readonly max: number | undefined;
  readonly idleMin: number | undefined;
  readonly idleMax: number | undefined;
  /** Callers that got no connection in time, of all pools of this name so far. */
  readonly timeouts: number;
}

/** Pools of this many names are remembered after their end. */
const REMEMBERED = 1000;

/** Reads them for one that collects. */
export class FiguresReader {
  readonly #counted = new WeakMap<Guard, number>();
  /** The last ones of each name. */
  readonly #known = new Map<string, Figures>();

  /** Pools of the same name are one in a chart, and one here. */
  read(): readonly Figures[] {
    const named = [...groupByName(collectDatabases())];
    const figures = named.map(([name, guards]) => figuresOf(name, guards, this.#countTimeouts(name, guards)));
    for (const each of figures) this.#known.set(each.name, each);
    for (const name of this.#known.keys()) if (this.#known.size > REMEMBERED) this.#known.delete(name);
    return figures;
  }

  /** The same, and pools that ended, at zero: what an SDK has observed once it shows for ever. */
  readWithEnded(): readonly Figures[] {
    const live = new Map(this.read().map((figures) => [figures.name, figures]));
    return [...this.#known].map(([name, last]) => live.get(name) ?? ended(last));
  }

  /** A counter only grows, also when one of several pools ends and takes its count along. */
  #countTimeouts(name: string, guards: readonly Guard[]): number {
    let sum = this.#known.get(name)?.timeouts ?? 0;
    for (const guard of guards) {
      sum += guard.timeouts - (this.#counted.get(guard) ?? 0);
      this.#counted.set(guard, guard.timeouts);
    }
    return sum;
  }
}

function ended({ idleMax, idleMin, max, name, timeouts }: Figures): Figures {
  const zero = (limit: number | undefined): number | undefined => (limit === undefined ? undefined : 0);
  return {
    name,
    idle: 0,
    used: 0,
    waiting: 0,
    max: zero(max),
    idleMin: zero(idleMin),
    idleMax: zero(idleMax),
    timeouts,
  };
}

function groupByName(guards: readonly Guard[]): ReadonlyMap<string, readonly Guard[]> {
  const groups = new Map<string, Guard[]>();
  for (const guard of guards) groups.set(guard.name, [...(groups.get(guard.name) ?? []), guard]);
  return groups;
}

function figuresOf(name: string, guards: readonly Guard[], timeouts: number): Figures {
  const counts = guards.map(({ source }) => countsOf(source));
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + Math.max(0, one), 0);
  const max = sum(counts.map((one) => one.max));
  return {
    name,
    idle: sum(counts.map(({ idle }) => idle)),
    used: sum(counts.map(({ idle, total }) => total - idle)),
    waiting: sum(counts.map(({ waiting }) => waiting)),
    max: Number.isFinite(max) ? max : undefined,
    idleMin: sumOf(guards, 'min'),
    idleMax: sumOf(guards, 'spare'),
    timeouts,
  };
}

/** Undefined where one of them does not have it. */
function sumOf(guards: readonly Guard[], limit: Limit): number | undefined {
  let sum = 0;
  for (const { source } of guards) {
    const [bound] = boundsOf(setupOf(source.limits, source.options), limit);
    if (typeof bound?.effective !== 'number') return undefined;
    sum += bound.effective;
  }
  return sum;
}
