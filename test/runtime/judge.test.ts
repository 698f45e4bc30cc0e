import { describe, expect, it } from 'vitest';
import type { Limits } from '../../src/drivers/driver.ts';
import { genericPoolLimits } from '../../src/drivers/limits/generic-pool.ts';
import { mysql2PoolLimits } from '../../src/drivers/limits/mysql2.ts';
import { agentLimits } from '../../src/drivers/limits/node-http.ts';
import { pgPoolLimits } from '../../src/drivers/limits/pg.ts';
import { postgresLimits } from '../../src/drivers/limits/postgres.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { Guard } from '../../src/runtime/guard.ts';
import { judge } from '../../src/runtime/limits/judge.ts';
import { fakeSource } from './support/source.ts';

/** What `enforce` writes: the stated number, in the option's unit, and nothing that nobody stated. */

interface Row {
  readonly title: string;
  readonly limits?: Limits;
  readonly options?: Record<string, unknown>;
  readonly policy: Policy;
  /** Connections of other pools. */
  readonly others?: number;
  readonly name?: string;
  /** `option value key`. */
  readonly written: readonly string[];
}

const law: Policy = { perProcess: { max: 5 } };
const bounded = { connectionTimeoutMillis: 1000 };
const statement: Policy = { timeouts: { statementMs: 4000 } };
const direct: Policy = { ...statement, databases: { default: { via: 'direct' } } };

const rows: readonly Row[] = [
  { title: 'nothing where nothing is stated', options: { max: Infinity }, policy: {}, written: [] },
  {
    title: 'a size above the policy',
    options: { max: 50, ...bounded },
    policy: law,
    written: ['max 5 perProcess.max'],
  },
  { title: "the driver's default above the policy", options: bounded, policy: law, written: ['max 5 perProcess.max'] },
  {
    title: 'a size that the driver reads otherwise',
    options: { max: 0, ...bounded },
    policy: law,
    written: ['max 5 perProcess.max'],
  },
  { title: 'no size that is below the policy already', options: { max: 2, ...bounded }, policy: law, written: [] },
  {
    title: 'no size that opens nothing: a limit raises nothing',
    options: { max: -1, ...bounded },
    policy: law,
    written: [],
  },
  {
    title: 'for a pool without bound its share of the server, not the smaller default',
    limits: mysql2PoolLimits,
    options: { connectionLimit: 0 },
    policy: { instances: 4, databases: { default: { maxConnections: 100 } } },
    written: ['connectionLimit 25 databases.default'],
  },
  {
    title: 'the limit of the pool by its name',
    options: { max: 50, ...bounded },
    policy: { ...law, pools: { 'app@db.reports': { max: 3 }, reports: { max: 2 } } },
    name: 'app@db.reports',
    written: ['max 3 pools.app@db.reports.max'],
  },
  {
    title: 'not the limit of a pool whose name is the end of a host',
    options: { max: 50, ...bounded },
    policy: { ...law, pools: { reports: { max: 2 } } },
    name: 'app@db.reports',
    written: ['max 5 perProcess.max'],
  },
  {
    title: 'what other pools leave',
    options: { max: 4, ...bounded },
    policy: law,
    others: 3,
    written: ['max 2 perProcess.max'],
  },
  {
    title: 'one connection at least',
    options: { max: 4, ...bounded },
    policy: law,
    others: 9,
    written: ['max 1 perProcess.max'],
  },
  {
    title: 'once, where a pool is too large by itself, too',
    options: { max: 50, ...bounded },
    policy: law,
    others: 3,
    written: ['max 2 perProcess.max'],
  },
  {
    title: 'nothing where all fit together',
    options: { max: 2, ...bounded },
    policy: law,
    others: 3,
    written: [],
  },
  {
    title: 'no size of agents: they have connections to each origin',
    limits: agentLimits,
    options: { maxSockets: 500 },
    policy: law,
    others: 9,
    written: [],
  },
  {
    title: 'a queue',
    limits: genericPoolLimits,
    options: { max: 2, acquireTimeoutMillis: 1000 },
    policy: { perProcess: { queue: 50 } },
    written: ['maxWaitingClients 50 perProcess.queue'],
  },
  {
    title: 'a time in seconds',
    limits: postgresLimits,
    options: { connect_timeout: 60 },
    policy: { timeouts: { connectMs: 3000 } },
    written: ['connect_timeout 3 timeouts.connectMs'],
  },
  {
    title: 'a time in another unit than was meant',
    limits: postgresLimits,
    options: { connect_timeout: 30_000 },
    policy: { timeouts: { connectMs: 3000 } },
    written: ['connect_timeout 3 timeouts.connectMs'],
  },
  {
    title: 'no time that is only suspicious',
    options: { connectionTimeoutMillis: 20 },
    policy: { timeouts: { connectMs: 3000 } },
    written: [],
  },
  {
    title: 'both ends of a statement where nothing stands between',
    options: bounded,
    policy: direct,
    written: ['statement_timeout 4000 timeouts.statementMs', 'query_timeout 4000 timeouts.statementMs'],
  },
  {
    title: "the client's end alone where PgBouncer may stand between",
    options: bounded,
    policy: statement,
    written: ['query_timeout 4000 timeouts.statementMs'],
  },
  {
    title: 'nothing where PgBouncer may stand between and the client has no end',
    limits: postgresLimits,
    policy: statement,
    written: [],
  },
  {
    title: 'both ends of a statement that is sent already, wherever it goes',
    options: { ...bounded, connectionString: 'postgres://me@db/app?statement_timeout=9000' },
    policy: statement,
    written: ['statement_timeout 4000 timeouts.statementMs', 'query_timeout 4000 timeouts.statementMs'],
  },
  {
    title: 'no name that the driver does not read',
    options: { connectionLimit: 50, ...bounded },
    policy: {},
    written: [],
  },
];

function judged({ limits = pgPoolLimits, name = 'pool', options = {}, others = 0, policy }: Row) {
  const guard = new Guard(fakeSource({ limits, options }), { name, policy });
  return judge(guard, others).flatMap(({ changes }) => changes);
}

describe('what the policy states is written', () => {
  it.for(rows)('$title', (row) => {
    expect(judged(row).map(({ key, option, value }) => `${option.option} ${value} ${key}`)).toEqual(row.written);
  });

  it.for([
    [{ max: '30' }, { value: '30', in: 'options', path: 'max' }],
    [{ poolSize: 30 }, { value: 30, in: 'options', path: 'poolSize' }],
    [{}, undefined],
  ] as const)('in place of what stands there: %j', ([options, given]) => {
    const [change] = judged({ title: '', options: { ...options, ...bounded }, policy: law, written: [] });
    expect(change!.given).toEqual(given);
  });

  it('in place of a parameter of the connection string', () => {
    const options = { connectionString: 'postgres://me@db/app?statement_timeout=9000', ...bounded };
    const [change] = judged({ title: '', options, policy: statement, written: [] });
    expect(change!.given).toEqual({ value: '9000', in: 'url', path: 'statement_timeout' });
  });
});

describe('names that nobody reads', () => {
  const keysOf = (options: Record<string, unknown>): string[] =>
    judge(new Guard(fakeSource({ options }), { name: 'pool', policy: {} }), 0).map(({ key }) => key);

  it('are reported where a program wrote them, and not where a driver keeps them behind its options', () => {
    expect(keysOf({ connect_timeout: 0, ...bounded })).toEqual(['unknown']);
    expect(keysOf(Object.assign(Object.create({ connect_timeout: 0 }) as object, bounded))).toEqual([]);
  });
});

describe('pools of one process', () => {
  it('are reported together, where each fits by itself', () => {
    const guard = new Guard(fakeSource({ options: { max: 4, ...bounded } }), { name: 'pool', policy: law });
    expect(judge(guard, 3)).toMatchObject([
      { key: 'sumAbovePolicy', data: { scope: 'process', size: '7', limit: '5', key: 'perProcess.max' } },
    ]);
  });
});
