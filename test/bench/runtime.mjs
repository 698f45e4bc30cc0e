import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { rows } from './runtime-drivers.mjs';
import { median } from './runtime-pairs.mjs';
import { demandDist } from './runtime-world.mjs';

/**
 * What the runtime costs: CPU nanoseconds for a checkout and a query, with the runtime and without, in short alternating
 * blocks; the share of a `SELECT 1` on loopback; memory of what is held; the sweep. Exit code 1 when a limit is missed.
 *
 * usage: npm run bench:runtime -- [DRIVER …]   (ROUNDS=10, processes for each row that has a limit)
 */

const LIMITS = { checkoutNs: 150, share: 0.01, leaseBytes: 256, stackBytes: 3072, sweepMs: 2 };
/** Stacks in a second, of the budget. */
const STACKS = 512;
/** One process differs from the next by up to 50 ns: V8 compiles differently. Where nothing is demanded, few are enough. */
const rounds = Number(process.env['ROUNDS'] ?? 10);
const FEW_ROUNDS = 4;
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

const run = promisify(execFile);

// One thread: what the helpers of V8 do in the background is otherwise part of the time at random. Not `execFileSync`: what
// runs while its parent waits in it costs a third more, and differs more.
const runChild = async (flags, file, args = []) =>
  JSON.parse((await run(process.execPath, [...flags, path.join(import.meta.dirname, file), ...args])).stdout);

console.log(
  `Node ${process.version}, CPU time, the fastest tenth of alternating blocks, median of ${rounds} processes (${FEW_ROUNDS} where there is no limit); ns for each operation\n`,
);
printLine(['driver', 'operation', 'alone', 'A/A', 'runtime', 'limit', '']);
for (const row of chosen) {
  for (const setting of row.driver === COMPARED ? Object.keys(SETTINGS) : ['budget']) await measureRow(row, setting);
}
if (chosen.some(({ driver }) => driver === COMPARED)) {
  await measureShare();
  await measureMemory();
}
console.log(missed.length === 0 ? '\nwithin all limits' : `\nmissed:\n${missed.map((one) => `  ${one}`).join('\n')}`);
process.exitCode = missed.length === 0 ? 0 : 1;

async function measureRow({ checkouts, driver, queries }, setting) {
  for (const name of Object.keys(checkouts ?? {})) await measure(driver, setting, ['checkouts', name]);
  if (setting === 'speed') return;
  for (const name of Object.keys(queries ?? {})) await measure(driver, setting, ['queries', name]);
}

/** `enforce` is paired with a pool whose options the user wrote; what these cost is told apart. */
async function measure(driver, setting, [kind, name]) {
  const { isLimited, label } = SETTINGS[setting];
  const isEnforced = setting === 'enforce';
  const base = isEnforced ? 'stated' : 'plain';
  const limit = isLimited && kind === 'checkouts' ? LIMITS.checkoutNs : undefined;
  const pair = (first, second, processes) => measurePair([driver, setting, kind, name, first, second], processes);
  const costs = await pair(base, 'guarded', limit === undefined ? FEW_ROUNDS : rounds);
  if (!costs) return printLine([driver, 'the runtime has no adapter of this name']);
  const noise = await pair(base, base);
  const timers = isEnforced ? await pair('plain', 'stated') : undefined;
  const note = timers ? `${label}; its timers and stated times: ${round(timers.more)}` : label;
  const { alone, more } = costs;
  printLine([driver, name, ...[alone, noise.more, more].map(round), limit ?? '', note]);
  seen.set(`${driver} ${setting} ${name}`, more);
  if (limit !== undefined) demand(more, limit, `${driver} ${name}, ${label}: ${round(more)} ns of ${limit}`);
}

/** Medians of two sides. Which is loaded first makes a difference, so that they take turns. */
async function measurePair(args, processes = FEW_ROUNDS) {
  const all = [];
  for (let index = 0; index < processes; index++) {
    const order = index % 2 === 0 ? [] : ['reversed'];
    all.push(await runChild(['--single-threaded'], 'runtime-row.mjs', [...args, ...order]));
  }
  const of = (key) => median(all.map((result) => result[key]));
  return all[0] && { alone: of('alone'), more: of('more') };
}

/** Of one statement that costs next to nothing, on the fastest network there is. */
async function measureShare() {
  const measured = await runChild([], 'runtime-server.mjs');
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

async function measureMemory() {
  const { reported, sweepMs, without, withStack } = await runChild(['--expose-gc'], 'runtime-memory.mjs');
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
