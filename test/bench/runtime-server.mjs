import fs from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../demo/load.mjs';
import { pairs } from './runtime-pairs.mjs';
import { freshCopy, guardedCopy, startWorld } from './runtime-world.mjs';

/**
 * What a checkout with `SELECT 1` takes on loopback: in wall time when nothing disturbs it, and the CPU time of this process,
 * with the runtime and without. Prints JSON, `null` where there is no PostgreSQL.
 */

const PACKAGES = ['pg', 'pg-pool'];
const PAIRS = 300;
const folder = path.join(import.meta.dirname, '../../.cache/bench');
fs.mkdirSync(folder, { recursive: true });
await startWorld();
const server = await startPostgres(folder);
console.log(JSON.stringify(server ? await measure(server) : null));
await server?.stop();
process.exit();

async function measure({ database, host, port, user }) {
  const options = { host, port, user, database, max: 10 };
  const sides = [];
  for (const exports of [
    freshCopy(PACKAGES),
    freshCopy(PACKAGES),
    await guardedCopy({ driver: 'pg', packages: PACKAGES }),
  ])
    sides.push({ pool: new exports.Pool(options).on('error', () => {}), operation: select });
  const [first, control, guarded] = sides;
  const { alone: wall } = await pairs(first, control, { clock: () => performance.now() * 1e6, most: PAIRS });
  const { more: noise } = await pairs(first, control, { most: PAIRS });
  const { alone, more } = await pairs(first, guarded, { most: PAIRS });
  for (const { pool } of sides) await pool.end();
  return { wall, alone, noise, more };
}

async function select(pool) {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
  } finally {
    client.release();
  }
}
