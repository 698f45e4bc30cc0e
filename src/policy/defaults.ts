/**
 * The documented defaults. They are the value that a repair writes where a program has no limit at all; nothing is
 * reported for being above them.
 */
export const defaults = {
  max: 10,
  /** Of an HTTP agent, to one origin: the AWS SDK's own (NodeHttpHandler). */
  sockets: 50,
  queue: 1000,
  timeouts: {
    acquireMs: 5_000,
    connectMs: 5_000,
    idleMs: 30_000,
    statementMs: 30_000,
    lifetimeMs: 1_800_000,
    holdMs: 60_000,
    httpMs: 30_000,
  },
  database: 'default',
  reserved: 0,
  spindles: 1,
  mode: 'observe',
  stacks: 'budget',
} as const;

/** The longest wait of a timer: 2³¹ − 1 ms, 24.8 days. Node fires a longer one after 1 ms (lib/internal/timers.js). */
export const LONGEST_TIMER = 2_147_483_647;
