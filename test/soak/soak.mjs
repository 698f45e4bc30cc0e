import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { breakThings, explain, randomOf } from './faults.mjs';
import { IDS, isOwn, sendRequests } from './load.mjs';
import { startServers } from './servers.mjs';

/**
 * An hour of a service in some minutes: one guarded process under `enforce`, mixed traffic, and a server and a network that
 * break at random. Exit code 1 when a request is lost that nothing explains, when the pool is not whole at the end, or when
 * the heap grows; 2 when there is nothing to run on.
 *
 * usage: npm run soak -- [--seconds 300] [--seed 1]
 */

const HEAP_MB = 2;
const HEAP_LOOKS = 50;
/** `timeouts.holdMs` of the policy, and time for the look at it. */
const RECLAIM_MS = 4500;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '300' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? Date.now() % 100_000);
const root = path.join(import.meta.dirname, '../..');
const register = path.join(root, 'dist/src/runtime/register.js');
if (!fs.existsSync(register)) stop('There is no dist/src/runtime: run `npm run build` first.');
const servers = await startServers();
if (!servers) stop('There is no PostgreSQL on this machine: set PG_BIN to the folder that holds initdb and postgres.');

function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}

const { proxy, server } = servers;
const address = { host: server.host, port: server.port, user: server.user, database: server.database };
const results = [];
const faults = [];
const heaps = [];
const problems = [];
let service;
try {
  await admin((client) => client.query(TABLES()));
  service = await startService();
  await run();
  await judge();
} catch (error) {
  problems.push(error.message);
} finally {
  service?.child.kill();
  await proxy.stop();
  await server.stop();
}
console.log(problems.length === 0 ? '\nnothing lost, the pool is whole' : `\nfailed:\n  ${problems.join('\n  ')}`);
process.exitCode = problems.length === 0 ? 0 : 1;

function TABLES() {
  return `CREATE TABLE counters (id integer PRIMARY KEY, n bigint NOT NULL);
    INSERT INTO counters SELECT id, 0 FROM generate_series(1, ${IDS}) id`;
}

/** A connection past the proxy, for one piece of work. */
async function admin(work) {
  const client = new pg.Client(address);
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The guarded process, and a way to ask it. */
async function startService() {
  const child = fork(path.join(import.meta.dirname, 'fixtures/service.mjs'), {
    execArgv: ['--expose-gc', '--import', register],
    env: {
      ...process.env,
      PGHOST: proxy.host,
      PGPORT: String(proxy.port),
      PGUSER: server.user,
      PGDATABASE: server.database,
      POOL_POLICY: path.join(import.meta.dirname, 'fixtures/policy.json'),
      POOL_LOG: 'off',
      POOL_MODE: '',
    },
  });
  child.on('exit', (code, signal) => {
    // The signal is ours.
    if (signal !== 'SIGTERM') problems.push(`the service ended by itself (${code ?? signal})`);
  });
  const { port } = await new Promise((resolve, reject) => {
    child.once('message', resolve).once('exit', () => reject(new Error('The service did not start.')));
  });
  const asked = new Map();
  child.on('message', ({ answer, id }) => asked.get(id)?.resolve(answer));
  child.on('exit', () => asked.forEach(({ reject }) => reject(new Error('The service answers no more.'))));
  const ask = (question) =>
    new Promise((resolve, reject) => {
      const id = asked.size;
      asked.set(id, { resolve, reject });
      child.send({ id, question }, (error) => error && reject(error));
    });
  return { ask, child, port };
}

async function run() {
  const begin = performance.now();
  const until = begin + seconds * 1000;
  console.log(`${seconds} s of traffic on PostgreSQL, seed ${seed}`);
  const work = [
    sendRequests({ port: service.port, random: randomOf(seed), results, until }),
    breakThings({ admin, faults, proxy, random: randomOf(seed + 1), server, until: until - 5000 }),
  ];
  let isOver = false;
  const all = Promise.all(work).finally(() => (isOver = true));
  // A service that has crashed is told by the questions to it.
  all.catch(() => {});
  const every = process.stdout.isTTY ? 1000 : 10_000;
  let shown = -Infinity;
  let looked = -Infinity;
  while (!isOver) {
    const now = performance.now();
    if (now - looked >= (seconds * 1000) / HEAP_LOOKS) {
      looked = now;
      heaps.push(await service.ask('heap'));
    }
    if (now - shown >= every) {
      shown = now;
      show(Math.round((now - begin) / 1000));
    }
    await Promise.race([all, sleep(500)]);
  }
  await all;
  if (process.stdout.isTTY) process.stdout.write('\n');
  await sleep(RECLAIM_MS);
}

function show(now) {
  const failed = results.filter(({ status }) => status !== 200).length;
  const heap = ((heaps.at(-1) ?? 0) / 2 ** 20).toFixed(1);
  const line = `${now} s: ${results.length} requests, ${failed} failed, ${faults.length} faults, heap ${heap} MB`;
  process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
}

async function judge() {
  judgeRequests();
  judgeHeap();
  const before = await service.ask('stats');
  const whole = await service.ask('takeAll');
  const { events, max, waiting } = await service.ask('stats');
  console.log('\nevents of the runtime');
  console.table(events);
  demand(before.held === 0 && before.holders === 0, `${before.held} connections are still held`);
  demand(max === 10, `the pool may have ${max} connections, not 10 as the policy says`);
  demand(whole === max, `only ${whole} of ${max} connections can be had at once`);
  demand(waiting === 0, `${waiting} still wait`);
  const leaks = results.filter(({ name, status }) => name === 'leak' && status === 200).length;
  demand(
    (events['runtime/reclaimed'] ?? 0) >= leaks,
    `${events['runtime/reclaimed'] ?? 0} of ${leaks} leaks reclaimed`,
  );
  await judgeData();
}

function judgeRequests() {
  const rows = {};
  const strange = {};
  for (const result of results) {
    const row = (rows[result.name] ??= { requests: 0, answered: 0, 'by design': 0, 'by a fault': 0, lost: 0 });
    row.requests += 1;
    if (result.status === 200) row.answered += 1;
    else if (result.status !== 0 && isOwn(result)) row['by design'] += 1;
    else if (isExplained(result)) row['by a fault'] += 1;
    else {
      row.lost += 1;
      const words = `${result.name}: ${result.words.join(' ')} (last fault: ${faultBefore(result)})`;
      strange[words] = (strange[words] ?? 0) + 1;
    }
  }
  console.log('\nrequests');
  console.table(rows);
  console.log('\nfaults');
  const byKind = {};
  for (const { explained, kind } of faults) {
    const row = (byKind[kind] ??= { faults: 0, 'failures explained': 0 });
    row.faults += 1;
    row['failures explained'] += explained;
  }
  console.table(byKind);
  for (const [words, count] of Object.entries(strange)) problems.push(`${count} × ${words}`);
}

function isExplained(result) {
  const fault = result.status === 0 ? undefined : explain(faults, result);
  if (fault) fault.explained += 1;
  return fault !== undefined;
}

function faultBefore({ end }) {
  const fault = faults.findLast(({ start }) => start <= end);
  return fault ? `${fault.kind}, ${Math.round(end - fault.start)} ms before` : 'none';
}

/** After collections: the last fifth beside the second, in which everything is warm. */
function judgeHeap() {
  const fifth = Math.floor(heaps.length / 5);
  const middle = (part) => part.sort((a, b) => a - b)[part.length >> 1] / 2 ** 20;
  const [early, late] = [middle(heaps.slice(fifth, 2 * fifth)), middle(heaps.slice(-fifth))];
  console.log(`\nheap: ${early.toFixed(1)} MB in the second fifth, ${late.toFixed(1)} MB in the last`);
  demand(late - early <= HEAP_MB, `the heap grew by ${(late - early).toFixed(1)} MB`);
}

/** Each transaction counts once: those answered are there; those that failed may be, never twice, and no other is. */
async function judgeData() {
  const { rows } = await admin((client) => client.query('SELECT sum(n)::int AS sum FROM counters'));
  const transactions = results.filter(({ name }) => name.endsWith('transaction'));
  const answered = transactions.filter(({ status }) => status === 200).length;
  const { sum } = rows[0];
  console.log(`${answered} of ${transactions.length} transactions answered, ${sum} in the table`);
  demand(sum >= answered && sum <= transactions.length, `${sum} transactions in the table, ${answered} were answered`);
}

function demand(isTrue, sentence) {
  if (!isTrue) problems.push(sentence);
}
