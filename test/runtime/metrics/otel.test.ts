import type { Meter as OtelMeter } from '@opentelemetry/api';
import { AggregationTemporality, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { agentLimits } from '../../../src/drivers/limits/node-http.ts';
import { mysql2PoolLimits } from '../../../src/drivers/limits/mysql2.ts';
import { dismiss } from '../../../src/runtime/adopt.ts';
import { guardPool } from '../../../src/runtime/guard-pool.ts';
import { observeMetrics } from '../../../src/runtime/metrics/otel.ts';
import { channels } from '../../../src/runtime/report.ts';
import { startPostgres } from '../../support/postgres.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';
import { adoptCounted } from './pools.ts';

let server: PostgresServer | undefined;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server?.stop());

class Reader extends MetricReader {
  override async onForceFlush(): Promise<void> {}
  override async onShutdown(): Promise<void> {}
}

interface Watch {
  readonly end: () => void;
  /** The points of each metric, as `pool state` and value. */
  readonly read: () => Promise<Record<string, Record<string, number>>>;
  readonly histograms: () => Promise<DataPoint<Histogram>[]>;
  readonly units: () => Promise<Record<string, string>>;
}

function watch(temporality = AggregationTemporality.CUMULATIVE): Watch {
  const reader = new Reader({ aggregationTemporalitySelector: () => temporality });
  const provider = new MeterProvider({ readers: [reader] });
  // The type of the API, as an application has it.
  const meter: OtelMeter = provider.getMeter('pools');
  const end = observeMetrics(meter);
  onTestFinished(async () => {
    end();
    await provider.shutdown();
  });
  const collect = async () => {
    const { errors, resourceMetrics } = await reader.collect();
    expect(errors).toEqual([]);
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  };
  return {
    end,
    async read() {
      const metrics = (await collect()).filter(({ descriptor }) => !descriptor.name.endsWith('use_time'));
      return Object.fromEntries(
        metrics.map(({ dataPoints, descriptor }) => [
          descriptor.name.replace('db.client.connection.', ''),
          Object.fromEntries(dataPoints.map(({ attributes, value }) => [keyOf(attributes), value as number])),
        ]),
      );
    },
    async histograms() {
      const metric = (await collect()).find(({ descriptor }) => descriptor.name === 'db.client.connection.use_time');
      return (metric?.dataPoints ?? []) as DataPoint<Histogram>[];
    },
    async units() {
      return Object.fromEntries((await collect()).map(({ descriptor: { name, unit } }) => [name, unit]));
    },
  };
}

function keyOf(attributes: Readonly<Record<string, unknown>>): string {
  const known = ['db.client.connection.pool.name', 'db.client.connection.state'];
  expect(Object.keys(attributes).filter((name) => !known.includes(name))).toEqual([]);
  return known.flatMap((name) => attributes[name] ?? []).join(' ');
}

describe('observeMetrics', () => {
  it('shows each pool by itself, by the names of the semantic conventions', async () => {
    const { read, units } = watch();
    const orders = adoptCounted('orders', { total: 3, idle: 0, max: 5, waiting: 2 }, { options: { min: 1 } });
    adoptCounted('reports', { total: 4, idle: 2, max: 20 });
    orders.guard.timeouts = 7;
    expect(await read()).toEqual({
      count: { 'orders idle': 0, 'orders used': 3, 'reports idle': 2, 'reports used': 2 },
      max: { orders: 5, reports: 20 },
      'idle.min': { orders: 1, reports: 0 },
      pending_requests: { orders: 2, reports: 0 },
      timeouts: { orders: 7, reports: 0 },
    });
    orders.lend()();
    expect(await units()).toEqual({
      'db.client.connection.count': '{connection}',
      'db.client.connection.idle.min': '{connection}',
      'db.client.connection.max': '{connection}',
      'db.client.connection.pending_requests': '{request}',
      'db.client.connection.timeouts': '{timeout}',
      'db.client.connection.use_time': 's',
    });
  });

  it('leaves out what is not known, and what has no bound', async () => {
    const { read } = watch();
    adoptCounted(
      'orders',
      { max: Infinity },
      { limits: mysql2PoolLimits, options: { connectionLimit: 0, maxIdle: 4 } },
    );
    const { max, 'idle.max': idleMax, 'idle.min': idleMin } = await read();
    expect([max, idleMax, idleMin]).toEqual([undefined, { orders: 4 }, undefined]);
  });

  it('adds pools of one name, and never counts below what it said before', async () => {
    const { read } = watch(AggregationTemporality.DELTA);
    const [one, two] = [
      adoptCounted('orders', { total: 1, max: 2 }),
      adoptCounted('orders', { total: 2, idle: 1, max: 3 }),
    ];
    one.guard.timeouts = 5;
    two.guard.timeouts = 1;
    expect(await read()).toMatchObject({
      count: { 'orders idle': 1, 'orders used': 2 },
      max: { orders: 5 },
      timeouts: { orders: 6 },
    });
    dismiss(one.guard);
    two.guard.timeouts = 3;
    expect(await read()).toMatchObject({ max: { orders: -2 }, timeouts: { orders: 2 } });
  });

  it('is never negative, whatever a driver counts', async () => {
    const { read } = watch();
    adoptCounted('orders', { total: 1, idle: 2, waiting: -1 });
    const broken = adoptCounted('reports', {});
    broken.guard.source.counts = () => {
      throw new Error('closed');
    };
    expect(await read()).toMatchObject({
      count: { 'orders idle': 2, 'orders used': 0, 'reports idle': 0, 'reports used': 0 },
      pending_requests: { orders: 0, reports: 0 },
    });
  });

  it('shows zero for pools that ended, and knows those that are built later; agents of HTTP are none', async () => {
    const { read } = watch();
    const first = adoptCounted('first', { total: 4, idle: 1, waiting: 3 });
    first.guard.timeouts = 2;
    adoptCounted('agent', {}, { limits: agentLimits });
    expect((await read())['max']).toEqual({ first: 10 });
    dismiss(first.guard);
    adoptCounted('second', {});
    expect(await read()).toEqual({
      count: { 'first idle': 0, 'first used': 0, 'second idle': 0, 'second used': 0 },
      max: { first: 0, second: 10 },
      'idle.min': { first: 0, second: 0 },
      pending_requests: { first: 0, second: 0 },
      timeouts: { first: 2, second: 0 },
    });
  });

  it('measures how long connections are held', async () => {
    const { histograms } = watch();
    const pool = adoptCounted('orders', {});
    const agent = adoptCounted('agent', {}, { limits: agentLimits });
    const giveBack = pool.lend();
    agent.lend()();
    const start = performance.now();
    await eventually(() => expect(performance.now() - start).toBeGreaterThan(20));
    giveBack();
    pool.lend()();
    const [point, ...others] = await histograms();
    expect(others).toEqual([]);
    expect(point).toMatchObject({ attributes: { 'db.client.connection.pool.name': 'orders' }, value: { count: 2 } });
    expect(point?.value.sum).toBeGreaterThanOrEqual(0.02);
    expect(point?.value.buckets.boundaries).toContain(0.001);
  });

  it('costs nothing before and after', async () => {
    const listens = (): boolean => channels.acquire.hasSubscribers || channels.release.hasSubscribers;
    expect(listens()).toBe(false);
    const { end, read } = watch();
    expect(listens()).toBe(true);
    end();
    expect(listens()).toBe(false);
    adoptCounted('orders', {});
    expect(Object.values(await read()).filter((points) => Object.keys(points).length > 0)).toEqual([]);
  });

  it('is right for two pools of pg at once', async ({ skip }) => {
    if (!server) return skip();
    collectEvents();
    const { host, port, user, database } = server;
    const [a, b] = [5, 3].map((max) => new pg.Pool({ host, port, user, database, max })) as [pg.Pool, pg.Pool];
    for (const pool of [a, b]) pool.on('error', () => {});
    guardPool(a, {}, { name: 'a' });
    guardPool(b, {}, { name: 'b' });
    const { read } = watch();
    const held = await Promise.all([a.connect(), a.connect(), a.connect(), b.connect(), b.connect()]);
    expect((await read())['count']).toEqual({ 'a idle': 0, 'a used': 3, 'b idle': 0, 'b used': 2 });
    for (const client of held) client.release();
    expect((await read())['count']).toEqual({ 'a idle': 3, 'a used': 0, 'b idle': 2, 'b used': 0 });
    await Promise.all([a.end(), b.end()]);
    expect((await read())['count']).toEqual({ 'a idle': 0, 'a used': 0, 'b idle': 0, 'b used': 0 });
  });
});
