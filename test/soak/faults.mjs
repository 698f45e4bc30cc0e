import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong, at random by a seed, and which failures of requests it explains. */

/** mulberry32: the same numbers for the same seed. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const GONE = ['57P01', 'ECONNRESET', 'EPIPE', 'Connection terminated unexpectedly', 'Connection terminated'];
const NOT_QUERYABLE = ['Client has encountered a connection error and is not queryable'];
/** What the policy bounds while the network is silent. */
const BOUNDED = [
  'ERR_POOL_ACQUIRE_TIMEOUT',
  '57014',
  'Query read timeout',
  'Connection terminated due to connection timeout',
  'ERR_POOL_QUEUE_FULL',
];

/** Codes, or messages where the driver gives no code; milliseconds after the fault in which they may still come. */
const EXPLAINS = {
  kill: { words: [...GONE, ...NOT_QUERYABLE], graceMs: 500 },
  cut: { words: [...GONE, ...NOT_QUERYABLE], graceMs: 500 },
  stall: { words: [...BOUNDED, ...GONE, ...NOT_QUERYABLE], graceMs: 2500 },
  restart: { words: [...GONE, ...NOT_QUERYABLE, '57P03', 'ECONNREFUSED', ...BOUNDED], graceMs: 2500 },
};

/** The fault that explains a failure; undefined when nothing does. */
export function explain(faults, { end, start, words }) {
  return faults.find((fault) => {
    const { graceMs, words: known } = EXPLAINS[fault.kind];
    const isThen = start <= fault.end + graceMs && end >= fault.start;
    return (
      isThen && words.some((word) => known.includes(word)) && (fault.kind !== 'kill' || fault.explained < fault.killed)
    );
  });
}

const KINDS = ['kill', 'kill', 'kill', 'kill', 'stall', 'stall', 'cut'];

/** Runs until `until`, the monotonic clock's time; each fault is in `faults` from its begin. */
export async function breakThings({ admin, faults, proxy, random, server, until }) {
  let restartAt = performance.now() + (until - performance.now()) / 2;
  while (performance.now() < until) {
    await sleep(1000 + random() * 3000);
    const isRestart = performance.now() > restartAt;
    if (isRestart) restartAt = Infinity;
    const kind = isRestart ? 'restart' : KINDS[Math.floor(random() * KINDS.length)];
    const fault = { kind, start: performance.now(), end: Infinity, killed: 0, explained: 0 };
    faults.push(fault);
    await actions[kind]({ admin, fault, proxy, random, server });
    fault.end = performance.now();
  }
}

const KILL = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT $1`;

const actions = {
  async kill({ admin, fault, random }) {
    fault.killed = 1 + Math.floor(random() * 3);
    await admin((client) => client.query(KILL, [fault.killed]));
  },
  async stall({ proxy, random }) {
    proxy.stall(true);
    await sleep(500 + random() * 3500);
    proxy.stall(false);
  },
  cut: ({ proxy }) => proxy.cut(),
  restart: ({ server }) => server.restart(),
};
