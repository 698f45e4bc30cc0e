import { setImmediate as turn } from 'node:timers/promises';

/** CPU time of two sides that do the same work: short blocks, one after the other, so that both see the same machine. */

const BLOCK_NS = 1_000_000;
const PAIRS = 250;
const WARM_UP = 50;

function cpuNs() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

const sorted = (values) => [...values].sort((a, b) => a - b);

export function median(values) {
  const all = sorted(values);
  const middle = all.length >> 1;
  return all.length % 2 === 0 ? (all[middle - 1] + all[middle]) / 2 : all[middle];
}

async function block({ operation, pool }, count, clock = cpuNs) {
  const start = clock();
  for (let index = 0; index < count; index++) await operation(pool);
  return (clock() - start) / count;
}

/** How many operations fill a block: by the fastest of some, since V8 still compiles in the first ones. */
async function fill(side, clock) {
  let time = Infinity;
  for (let index = 0; index < 20; index++) time = Math.min(time, await block(side, 200, clock));
  return Math.max(1, Math.round(BLOCK_NS / Math.max(50, time)));
}

/** What is measured when nothing else runs: what others do on the machine only ever adds. */
const fastest = (values) => sorted(values)[Math.floor(values.length / 10)];

/** Nanoseconds for each operation of `first`, and how much more `second` takes: the fastest tenth of their blocks. */
export async function pairs(first, second, { clock, most = PAIRS } = {}) {
  const count = await fill(first, clock);
  const times = [[], []];
  for (let index = -WARM_UP; index < most; index++) {
    const order = index % 2 === 0 ? [0, 1] : [1, 0];
    for (const side of order) {
      const time = await block([first, second][side], count, clock);
      if (index >= 0) times[side].push(time);
    }
    // Timers run between the blocks: the runtime's clock is one.
    await turn();
  }
  const [alone, other] = times.map(fastest);
  return { alone, more: other - alone };
}

const LONG_MS = 500;
const LONG_PAIRS = 5;

/** The same at full speed for so long that what happens once for each step of the clock has its share in every block. */
export async function longPairs(first, second) {
  const count = await fill(first);
  const alone = [];
  const more = [];
  for (let index = -1; index < LONG_PAIRS; index++) {
    const plain = await longBlock(first, count);
    const other = await longBlock(second, count);
    if (index < 0) continue;
    alone.push(plain);
    more.push(other - plain);
  }
  return { alone: median(alone), more: median(more) };
}

async function longBlock(side, count) {
  const end = performance.now() + LONG_MS;
  let cost = 0;
  let blocks = 0;
  while (performance.now() < end) {
    cost += await block(side, count);
    blocks += 1;
    await turn();
  }
  return cost / blocks;
}
