import { FiguresReader } from './figures.ts';
import { instruments, POOL, pointsOf, USE_TIME } from './instruments.ts';
import type { Instrument } from './instruments.ts';
import { BUCKETS, watchUseTime } from './use-time.ts';

/**
 * The metrics of OpenTelemetry, by its semantic conventions for database clients. Each is read from the pools when the SDK
 * collects, so that two pools do not mix and nothing falls below zero.
 */

/** What we need of a `Meter` of `@opentelemetry/api`; the package itself is never loaded. */
export interface Meter {
  createObservableCounter(name: string, options: Described): object;
  createObservableUpDownCounter(name: string, options: Described): object;
  createHistogram(name: string, options: Described & { readonly advice: object }): Histogram;
  addBatchObservableCallback(callback: Callback, observables: object[]): void;
  removeBatchObservableCallback(callback: Callback, observables: object[]): void;
}

interface Described {
  readonly description: string;
  readonly unit: string;
}

interface Histogram {
  record(value: number, attributes: Attributes): void;
}

interface Observations {
  observe(observable: object, value: number, attributes: Attributes): void;
}

type Callback = (observations: Observations) => void;
type Attributes = Record<string, string>;

/**
 * Observes every guarded pool of a database, also those that are built later.
 * @param meter of an SDK: `metrics.getMeter('pools')` of `@opentelemetry/api`
 * @returns the function that ends it
 */
export function observeMetrics(meter: Meter): () => void {
  const reader = new FiguresReader();
  const observables = instruments.map((instrument) => create(meter, instrument));
  const callback: Callback = (observations) => {
    const figures = reader.readWithEnded();
    for (const [index, instrument] of instruments.entries()) {
      const points = figures.flatMap((each) => pointsOf(instrument, each));
      for (const { attributes, value } of points) observations.observe(observables[index] ?? {}, value, attributes);
    }
  };
  meter.addBatchObservableCallback(callback, observables);
  const { name, ...described } = USE_TIME;
  const histogram = meter.createHistogram(name, { ...described, advice: { explicitBucketBoundaries: BUCKETS } });
  const end = watchUseTime((pool, seconds) => histogram.record(seconds, { [POOL]: pool }));
  return () => {
    end();
    meter.removeBatchObservableCallback(callback, observables);
  };
}

function create(meter: Meter, { description, isCounter, name, unit }: Instrument): object {
  const described = { description, unit };
  return isCounter
    ? meter.createObservableCounter(name, described)
    : meter.createObservableUpDownCounter(name, described);
}
