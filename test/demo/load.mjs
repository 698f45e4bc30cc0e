import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import ts from 'typescript';
import { part } from './terminal.mjs';
import { startRelay } from './relay.mjs';

/** Puts the same load on a service, in a process of its own, and counts answers and connections. */

export const PATIENCE_MS = 6000;
/** From the last answer to the count of what is left. */
export const SETTLE_MS = 2000;
const WAVES = 4;

const get = (target, status = 200) => ({ target, status });
const transfer = (from, to, amount, status) => ({
  target: `/accounts/${from}/transfers`,
  status,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ to, amount }),
});

/** What comes at once, with the answer that is right. Half of it fails: nobody there, no number, no date, no money. */
const WAVE = [
  [get('/accounts/1'), get('/accounts/99', 404)],
  [transfer(1, 2, 1, 201), transfer(3, 1, 1000, 409)],
  [get('/accounts/1/orders'), get('/accounts/one/orders', 400)],
  [get('/orders/1'), get('/orders/one', 400)],
  [get('/report?since=2026-01-01'), get('/report?since=soon', 400)],
].flatMap((pair) => [...pair, ...pair, ...pair]);

/** Compiles the TypeScript files of a folder, beside them. */
export function compile(folder) {
  for (const name of fs.readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    compileFile(path.join(folder, name), path.join(folder, name.replace(/ts$/, 'js')));
  }
}

function compileFile(source, target) {
  const { ESNext: module } = ts.ModuleKind;
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module,
    rewriteRelativeImportExtensions: true,
    inlineSourceMap: true,
  };
  const { outputText } = ts.transpileModule(fs.readFileSync(source, 'utf8'), { fileName: source, compilerOptions });
  fs.writeFileSync(target, outputText);
}

/** The PostgreSQL that the tests boot, too; nothing where there is none. */
export async function startPostgres(folder, options) {
  for (const name of ['server', 'postgres']) {
    compileFile(path.join(import.meta.dirname, `../support/${name}.ts`), path.join(folder, `${name}.js`));
  }
  const { startPostgres: start } = await import(pathToFileURL(path.join(folder, 'postgres.js')).href);
  return start(options);
}

/** @returns {Promise<{ numbers: Record<string, number>, log: string }>} what was counted, and what the service printed. */
export async function measure(folder, postgres, { name, options = [] }) {
  await fillTables(postgres);
  const relay = await startRelay(postgres);
  const service = await startService(folder, options, { ...postgres, port: relay.port });
  try {
    const answers = [];
    for (let wave = 1; wave <= WAVES; wave++) {
      part(`${name}: wave ${wave} of ${WAVES}`);
      answers.push(...(await Promise.all(WAVE.map((request) => send(service.address, request)))));
    }
    await sleep(SETTLE_MS);
    const { idle } = await (await fetch(`${service.address}/health`)).json();
    const { opened, refused, peak, open } = relay;
    return { numbers: { ...summary(answers), opened, refused, peak, left: open - idle }, log: service.log() };
  } finally {
    service.stop();
    relay.stop();
  }
}

function summary(answers) {
  const count = (kind) => answers.filter((answer) => answer === kind).length;
  return { requests: answers.length, answered: count('answered'), failed: count('failed'), hung: count('hung') };
}

async function startService(folder, options, { host, port, user, database }) {
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database };
  const child = spawn(process.execPath, ['--enable-source-maps', ...options, 'server.js'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (log += text));
  const servicePort = await new Promise((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(Number(line)));
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}: ${log}`)));
  });
  return { address: `http://127.0.0.1:${servicePort}`, log: () => log, stop };
}

/** @returns {Promise<'answered' | 'failed' | 'hung'>} failed: an error in place of the right answer. */
async function send(address, { target, status: right, ...init }) {
  try {
    const response = await fetch(address + target, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.text();
    return response.status === right ? 'answered' : 'failed';
  } catch (error) {
    if (error.name === 'TimeoutError') return 'hung';
    throw error;
  }
}

async function fillTables({ host, port, user, database }) {
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  try {
    await client.query(`DROP TABLE IF EXISTS accounts, orders;
      CREATE TABLE accounts (id integer PRIMARY KEY, owner text, balance integer NOT NULL CHECK (balance >= 0));
      INSERT INTO accounts VALUES (1, 'Ada', 100), (2, 'Ben', 100), (3, 'Cleo', 0);
      CREATE TABLE orders (id serial PRIMARY KEY, account integer, total integer, placed date);
      INSERT INTO orders (account, total, placed) SELECT 1 + n % 3, n, date '2026-01-01' + n FROM generate_series(1, 100) n`);
  } finally {
    await client.end();
  }
}
