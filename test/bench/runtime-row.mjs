import { longPairs, pairs } from './runtime-pairs.mjs';
import { freshCopy, guardedCopy, load, startWorld } from './runtime-world.mjs';

/**
 * One driver in one setting, in a process of its own, so that no row is optimised for another's shapes.
 * usage: node --single-threaded runtime-row.mjs DRIVER [SETTING]; prints JSON, `null` where there is no adapter
 */

const [driver, setting = 'budget'] = process.argv.slice(2);
const isEnforced = setting === 'enforce';
const stacks = ['always', 'never'].includes(setting) ? setting : 'budget';
const world = await startWorld({ mode: isEnforced ? 'enforce' : 'observe', stacks });
const plain = ({ packages }) => freshCopy(packages);

/** The rows are loaded once for each side, so that their operations do not share what V8 learns of them. */
async function sideOf(name, exportsOf, isStated = false) {
  const { rows } = await import(`./runtime-drivers.mjs?side=${name}`);
  const row = rows.find((one) => one.driver === driver);
  const exports = await exportsOf(row);
  return exports && { row, pool: await row.make(exports, isStated ? row.stated : {}) };
}

/** `enforce` is paired with a pool whose options the user wrote; what these cost is told apart. */
const first = await sideOf('first', plain, isEnforced);
const control = await sideOf('control', plain, isEnforced);
const bare = isEnforced ? await sideOf('bare', plain) : undefined;
const guarded = await sideOf('guarded', guardedCopy);
if (guarded) await set(guarded);
console.log(JSON.stringify(guarded ? await measureAll() : null));
process.exit();

async function set({ pool }) {
  if (setting === 'facade') (await load('runtime/guard-pool.js')).guardPool(pool, undefined, { facade: true });
  if (setting !== 'channels') return;
  const { channels } = await load('runtime/report.js');
  let seen = 0;
  for (const channel of [channels.acquire, channels.release]) channel.subscribe(() => (seen += 1));
}

async function measureAll() {
  const results = [];
  for (const kind of setting === 'speed' ? ['checkouts'] : ['checkouts', 'queries']) {
    for (const name of Object.keys(first.row[kind] ?? {})) results.push({ kind, name, ...(await measure(kind, name)) });
  }
  return results;
}

async function measure(kind, name) {
  const of = ({ pool, row }) => ({ pool, operation: row[kind][name] });
  const measurePairs = setting === 'speed' ? longPairs : pairs;
  const { more: noise } = await measurePairs(of(first), of(control));
  const { alone, more } = await measurePairs(of(first), of(guarded));
  const timers = bare && (await pairs(of(bare), of(first))).more;
  if (world.leases.count > 0) throw new Error(`${driver}: ${world.leases.count} leases are left.`);
  return { alone, noise, more, timers };
}
