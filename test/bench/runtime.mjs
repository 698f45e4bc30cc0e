import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { rows } from './runtime-drivers.mjs';
import { median } from './runtime-pairs.mjs';
import { demandDist } from './runtime-world.mjs';

/**
 * What the runtime costs: CPU nanoseconds for a checkout and a query, with the runtime and without, in short alternating
 * blocks; the share of a `SELECT 1` on loopback; memory of what is held; the sweep. Exit code 1 when a limit is missed.
 *
 * usage: npm run bench:runtime -- [DRIVER …]   (ROUNDS=6, processes for each pair of sides)
 */

const LIMITS = { checkoutNs: 150, share: 0.01, leaseBytes: 256, stackBytes: 3072, sweepMs: 2 };
/** Stacks in a second, of the budget. */
const STACKS = 512;
const rounds = Number(process.env['ROUNDS'] ?? 6);
const wanted = process.argv.slice(2);

/** What each setting is, and whether the limit holds for it. */
const SETTINGS = {
  budget: { label: 'stacks on budget', isLimited: true },
  speed: { label: 'the same, means over seconds with the garbage collection; no limit' },
  never: { label: 'no stacks', isLimited: true },
  always: { label: 'a stack for each checkout' },
  channels: { label: 'with subscribers of both channels' },
  facade: { label: 'with facades' },
  enforce: { label: 'enforce, beside the same options written by hand' },
};
/** Where the settings are compared; elsewhere the first is enough. */
const COMPARED = 'pg';

demandDist();
const chosen = rows.filter(({ driver }) => wanted.length === 0 || wanted.includes(driver));
const missed = [];
const seen = new Map();

// One thread: what the helpers of V8 do in the background is otherwise part of the time at random.
const runChild = (flags, file, args = []) =>
  JSON.parse(
    execFileSync(process.execPath, [...flags, path.join(import.meta.dirname, file), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );

console.log(
  `Node ${process.version}, CPU time, the fastest tenth of alternating blocks, median of ${rounds} processes; ns for each operation\n`,
);
printLine(['driver', 'operation', 'alone', 'A/A', 'runtime', 'limit', '']);
for (const { driver } of chosen) {
  for (const setting of driver === COMPARED ? Object.keys(SETTINGS) : ['budget']) measureRow(driver, setting);
}
if (chosen.some(({ driver }) => driver === COMPARED)) {
  measureShare();
  measureMemory();
}
console.log(missed.length === 0 ? '\nwithin all limits' : `\nmissed:\n${missed.map((one) => `  ${one}`).join('\n')}`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** `enforce` is paired with a pool whose options the user wrote; what these cost is told apart. */
function measureRow(driver, setting) {
  const isEnforced = setting === 'enforce';
  const base = isEnforced ? 'stated' : 'plain';
  const costs = measurePairs(driver, setting, base, 'guarded');
  if (!costs) return printLine([driver, 'the runtime has no adapter of this name']);
  const noises = measurePairs(driver, setting, base, base);
  const timers = isEnforced ? measurePairs(driver, setting, 'plain', 'stated') : undefined;
  for (const [index, { alone, kind, more, name }] of costs.entries()) {
    const { isLimited, label } = SETTINGS[setting];
    const limit = isLimited && kind === 'checkouts' ? LIMITS.checkoutNs : undefined;
    const note = timers ? `${label}; its timers and stated times: ${round(timers[index].more)}` : label;
    printLine([driver, name, ...[alone, noises[index].more, more].map(round), limit ?? '', note]);
    seen.set(`${driver} ${setting} ${name}`, more);
    if (limit !== undefined) demand(more, limit, `${driver} ${name}, ${label}: ${round(more)} ns of ${limit}`);
  }
}

/** Of two sides, the medians for each operation. Which is loaded first makes a difference, so that they take turns. */
function measurePairs(driver, setting, first, second) {
  const all = Array.from({ length: rounds }, (_, index) => {
    const order = index % 2 === 0 ? [] : ['reversed'];
    return runChild(['--single-threaded'], 'runtime-row.mjs', [driver, setting, first, second, ...order]);
  });
  return all[0]?.map(({ kind, name }, index) => {
    const of = (key) => median(all.map((results) => results[index][key]));
    return { kind, name, alone: of('alone'), more: of('more') };
  });
}

/** Of one statement that costs next to nothing, on the fastest network there is. */
function measureShare() {
  const measured = runChild([], 'runtime-server.mjs');
  if (!measured) return console.log('\nThere is no PostgreSQL on this machine: no share of a SELECT 1.');
  const { alone, more, noise, wall } = measured;
  const name = 'connect()';
  const own = Math.max(seen.get(`${COMPARED} budget ${name}`), 0) / wall;
  const stack = seen.get(`${COMPARED} always ${name}`) - seen.get(`${COMPARED} never ${name}`);
  const stacks = (STACKS * stack) / 1e9;
  console.log(`\nconnect, SELECT 1, release on loopback: ${round(wall / 100) / 10} µs`);
  console.log(
    `  CPU of this process ${round(alone)} ns, A/A ${round(noise)}, with the runtime ${round(more)} more (noisy)`,
  );
  console.log(
    `  share: ${percent(own)} for each, ${percent(stacks)} for ${STACKS} stacks of ${round(stack)} ns in a second`,
  );
  demand(own + stacks, LIMITS.share, `share of a SELECT 1: ${percent(own + stacks)} of ${percent(LIMITS.share)}`);
}

function measureMemory() {
  const { reported, sweepMs, without, withStack } = runChild(['--expose-gc'], 'runtime-memory.mjs');
  console.log(`\na live lease: ${round(without)} bytes (limit ${LIMITS.leaseBytes})`);
  console.log(`with a stack of 16 frames: ${round(withStack)} bytes (limit ${LIMITS.stackBytes})`);
  console.log(`a step of the clock with ${reported} lost leases: ${sweepMs.toFixed(2)} ms (limit ${LIMITS.sweepMs})`);
  demand(without, LIMITS.leaseBytes, `${round(without)} bytes for a lease`);
  demand(withStack, LIMITS.stackBytes, `${round(withStack)} bytes for a lease with a stack`);
  demand(sweepMs, LIMITS.sweepMs, `${sweepMs.toFixed(2)} ms for the sweep`);
  demand(10_000, reported, `only ${reported} of 10,000 lost leases were reported`);
}

function demand(value, limit, sentence) {
  if (!(value <= limit)) missed.push(sentence);
}

function round(value) {
  return Math.round(value);
}

function percent(share) {
  return `${(share * 100).toFixed(2)} %`;
}

function printLine([driver, name, alone = '', noise = '', more = '', limit = '', note = '']) {
  const numbers = [alone, noise, more, limit].map((value) => String(value).padStart(8)).join('');
  console.log(`${driver.padEnd(16)}${name.padEnd(20)}${numbers}   ${note}`);
}
