import { setTimeout as sleep } from 'node:timers/promises';
import promClient from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dismiss } from '../../../src/runtime/adopt.ts';
import { collectMetrics } from '../../../src/runtime/metrics/prom.ts';
import { channels } from '../../../src/runtime/report.ts';
import { adoptCounted } from './pools.ts';

function watch(registry = new promClient.Registry()): { registry: promClient.Registry; end: () => void } {
  const end = collectMetrics(promClient, registry);
  onTestFinished(end);
  return { registry, end };
}

/** The lines of a scrape that are numbers. */
async function scrape(registry: promClient.Registry): Promise<string[]> {
  const text = await registry.metrics();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.includes('use_time'));
}

const line = (metric: string, pool: string, value: number, state?: string): string => {
  const more = state === undefined ? '' : `,db_client_connection_state="${state}"`;
  return `db_client_connection_${metric}{db_client_connection_pool_name="${pool}"${more}} ${value}`;
};

describe('collectMetrics', () => {
  it('shows each pool by itself', async () => {
    const { registry } = watch();
    const orders = adoptCounted('orders', { total: 3, idle: 0, max: 5, waiting: 2 });
    adoptCounted('reports', { total: 4, idle: 2, max: Infinity });
    orders.guard.timeouts = 7;
    expect((await scrape(registry)).sort()).toEqual(
      [
        line('count', 'orders', 0, 'idle'),
        line('count', 'orders', 3, 'used'),
        line('count', 'reports', 2, 'idle'),
        line('count', 'reports', 2, 'used'),
        line('max', 'orders', 5),
        line('idle_min', 'orders', 0),
        line('idle_min', 'reports', 0),
        line('pending_requests', 'orders', 2),
        line('pending_requests', 'reports', 0),
        line('timeouts_total', 'orders', 7),
        line('timeouts_total', 'reports', 0),
      ].sort(),
    );
  });

  it('says the same when it is asked twice, and forgets pools that ended', async () => {
    const { registry } = watch();
    const pool = adoptCounted('orders', { total: 2, idle: 1 });
    pool.guard.timeouts = 2;
    const first = await scrape(registry);
    expect(await scrape(registry)).toEqual(first);
    expect(first).toContain(line('timeouts_total', 'orders', 2));
    dismiss(pool.guard);
    expect(await scrape(registry)).toEqual([]);
  });

  it('measures how long connections are held, in seconds', async () => {
    const { registry } = watch();
    const giveBack = adoptCounted('orders', {}).lend();
    await sleep(20);
    giveBack();
    const text = await registry.metrics();
    expect(text).toContain('# TYPE db_client_connection_use_time_seconds histogram');
    expect(text).toContain('db_client_connection_use_time_seconds_count{db_client_connection_pool_name="orders"} 1');
    const bucket = (most: number, count: number): string =>
      `db_client_connection_use_time_seconds_bucket{le="${most}",db_client_connection_pool_name="orders"} ${count}`;
    expect(text).toContain(bucket(0.01, 0));
    expect(text).toContain(bucket(10, 1));
  });

  it('registers with the default registry, and leaves nothing there afterwards', async () => {
    const end = collectMetrics(promClient);
    const names = (): string[] => promClient.register.getMetricsAsArray().map(({ name }) => name);
    expect(names()).toHaveLength(7);
    end();
    expect(names()).toEqual([]);
    expect(channels.acquire.hasSubscribers || channels.release.hasSubscribers).toBe(false);
    collectMetrics(promClient)();
  });
});
