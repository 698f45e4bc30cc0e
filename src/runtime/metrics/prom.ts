import { FiguresReader } from './figures.ts';
import { instruments, POOL, pointsOf, STATE, USE_TIME } from './instruments.ts';
import type { Instrument } from './instruments.ts';
import { BUCKETS, watchUseTime } from './use-time.ts';

/** The same metrics for `prom-client`, under the names that OpenTelemetry's exporter gives them. */

/** What we need of the package `prom-client`; it is never loaded. */
export interface PromClient {
  readonly register: Registry;
  readonly Gauge: new (options: Collected<Gauge>) => Gauge;
  readonly Counter: new (options: Collected<Counter>) => Counter;
  readonly Histogram: new (options: Described & { buckets: number[] }) => Histogram;
}

export interface Registry {
  removeSingleMetric(name: string): void;
}

interface Described {
  name: string;
  help: string;
  labelNames: string[];
  registers: never[];
}

interface Collected<Metric> extends Described {
  collect: (this: Metric) => void;
}

type Labels = Record<string, string>;

interface Gauge {
  reset(): void;
  set(labels: Labels, value: number): void;
}

interface Counter {
  reset(): void;
  inc(labels: Labels, value: number): void;
}

interface Histogram {
  observe(labels: Labels, value: number): void;
}

/**
 * Registers the metrics of every guarded pool of a database, also of those that are built later.
 * @param client what `import` or `require` of `prom-client` gives
 * @param registry in place of the default one
 * @returns the function that removes them
 */
export function collectMetrics(client: PromClient, registry: Registry = client.register): () => void {
  const reader = new FiguresReader();
  const names = instruments.map((instrument) => create(client, registry, instrument, reader));
  const described = describe(USE_TIME, registry, '_seconds');
  const histogram = new client.Histogram({ ...described, labelNames: [label(POOL)], buckets: BUCKETS });
  const end = watchUseTime((pool, seconds) => histogram.observe({ [label(POOL)]: pool }, seconds));
  return () => {
    end();
    for (const name of [...names, described.name]) registry.removeSingleMetric(name);
  };
}

/** @returns its name */
function create(client: PromClient, registry: Registry, instrument: Instrument, reader: FiguresReader): string {
  const described = describe(instrument, registry, instrument.isCounter ? '_total' : '');
  const points = (): readonly (readonly [Labels, number])[] =>
    reader
      .read()
      .flatMap((figures) =>
        pointsOf(instrument, figures).map((point) => [labelsOf(point.attributes), point.value] as const),
      );
  // A pool that ended leaves no number behind.
  if (instrument.isCounter)
    new client.Counter({
      ...described,
      collect() {
        this.reset();
        for (const [labels, value] of points()) this.inc(labels, value);
      },
    });
  else
    new client.Gauge({
      ...described,
      collect() {
        this.reset();
        for (const [labels, value] of points()) this.set(labels, value);
      },
    });
  return described.name;
}

function describe(of: Pick<Instrument, 'description' | 'name'>, registry: Registry, suffix: string): Described {
  const labelNames = [label(POOL), label(STATE)];
  return { name: `${label(of.name)}${suffix}`, help: of.description, labelNames, registers: [registry as never] };
}

const label = (name: string): string => name.replaceAll('.', '_');

function labelsOf(attributes: Readonly<Record<string, string>>): Labels {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [label(name), value]));
}
