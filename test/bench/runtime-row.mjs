import { longPairs, pairs } from './runtime-pairs.mjs';
import { freshCopy, guardedCopy, load, startWorld } from './runtime-world.mjs';

/**
 * One operation of one driver in one setting, on two sides, in a process of its own: no more copies of the driver than these
 * two, and no code that is optimised for another operation. A side is `plain`, `stated` (with the options that `enforce`
 * writes, by hand) or `guarded`.
 * usage: node --single-threaded runtime-row.mjs DRIVER SETTING KIND NAME FIRST SECOND [reversed]; prints JSON, `null` where
 * there is no adapter. `reversed`: the second is loaded before the first.
 */

const [driver, setting, kind, name, ...sides] = process.argv.slice(2);
const [firstName, secondName, order] = sides;
const stacks = ['always', 'never'].includes(setting) ? setting : 'budget';
const world = await startWorld({ mode: setting === 'enforce' ? 'enforce' : 'observe', stacks });

const first = { name: firstName, id: 'first' };
const second = { name: secondName, id: 'second' };
for (const side of order === 'reversed' ? [second, first] : [first, second]) await open(side);
console.log(JSON.stringify(first.pool && second.pool ? await measure() : null));
process.exit();

/** The rows are loaded once for each side, so that their operations do not share what V8 learns of them. */
async function open(side) {
  const { rows } = await import(`./runtime-drivers.mjs?side=${side.id}`);
  side.row = rows.find((one) => one.driver === driver);
  const exports = side.name === 'guarded' ? await guardedCopy(side.row) : freshCopy(side.row.packages);
  if (!exports) return;
  side.pool = await side.row.make(exports, side.name === 'stated' ? side.row.stated : {});
  if (side.name === 'guarded') await set(side.pool);
}

async function set(pool) {
  if (setting === 'facade') (await load('runtime/guard-pool.js')).guardPool(pool, undefined, { facade: true });
  if (setting !== 'channels') return;
  const { channels } = await load('runtime/report.js');
  let seen = 0;
  for (const channel of [channels.acquire, channels.release]) channel.subscribe(() => (seen += 1));
}

async function measure() {
  const of = ({ pool, row }) => ({ pool, operation: row[kind][name] });
  const result = await (setting === 'speed' ? longPairs : pairs)(of(first), of(second));
  if (world.leases.count > 0) throw new Error(`${driver}: ${world.leases.count} leases are left.`);
  return result;
}
