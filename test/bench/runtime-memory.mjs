import { EventEmitter } from 'node:events';
import { guardedCopy, load, startWorld } from './runtime-world.mjs';
import { rows } from './runtime-drivers.mjs';
import { median } from './runtime-pairs.mjs';

/**
 * What leases that are held cost: bytes, and the step of the clock that looks at 10,000 lost ones.
 * usage: node --expose-gc runtime-memory.mjs; prints JSON
 */

const COUNT = 10_000;
const STEPS = 41;
const DEPTH = 24;
const world = await startWorld();
const row = rows.find(({ driver }) => driver === 'pg');
const { Pool } = await guardedCopy(row);
const pool = new Pool({ max: 1 });
const { LEASE } = await load('runtime/leases.js');
const { guardOf } = await load('runtime/guard.js');
const guard = guardOf(pool);

/** As deep as a handler behind a framework: a stack keeps its frames. */
function deep(depth, work) {
  return depth === 0 ? work() : deep(depth - 1, work);
}

function take(connection) {
  world.leases.beginAt(guard, connection, world.leases.capture(take), undefined);
}

function heap() {
  for (let index = 0; index < 4; index++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Bytes for each; the connections themselves, which a program has anyway, are made before. */
function bytes(stacks) {
  world.stacks.when = stacks;
  const connections = Array.from({ length: COUNT }, () => Object.assign(new EventEmitter(), { [LEASE]: undefined }));
  const before = heap();
  for (const connection of connections) deep(DEPTH, () => take(connection));
  return (heap() - before) / COUNT;
}

function endAll() {
  for (const lease of world.leases) world.leases.end(lease);
}

function step(ms) {
  world.clock.step(performance.now() + (elapsed += ms));
}
let elapsed = 0;

const without = bytes('never');
endAll();
const withStack = bytes('always');

world.clock.start();
// Running time, in steps that are no starvation, until all are lost and reported.
for (let index = 0; index < 300; index++) step(world.clock.interval);
const steps = [];
for (let index = 0; index < STEPS; index++) {
  const start = performance.now();
  step(world.clock.interval);
  steps.push(performance.now() - start);
}
const reported = [...world.leases].filter(({ isReported }) => isReported).length;
console.log(JSON.stringify({ without, withStack, reported, sweepMs: median(steps) }));
process.exit();
