import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import ts from 'typescript';

/** Puts the same load on a service, in a process of its own, and looks at what is left of its pool. */

const PATIENCE_MS = 1500;
/** Every second request fails: an unknown account, an overdraft, a word where a number belongs. */
const REQUESTS = [
  '/account?id=1',
  '/account?id=99',
  '/transfer?from=1&to=2&amount=1',
  '/transfer?from=2&to=1&amount=1000000',
  '/accounts?least=10',
  '/accounts?least=much',
];
const ROUNDS = 5;

/** Compiles the TypeScript files of a folder, beside them. */
export function compile(folder) {
  for (const name of fs.readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    compileFile(path.join(folder, name), path.join(folder, name.replace(/ts$/, 'js')));
  }
}

function compileFile(source, target) {
  const { ESNext: module } = ts.ModuleKind;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module, rewriteRelativeImportExtensions: true };
  const { outputText } = ts.transpileModule(fs.readFileSync(source, 'utf8'), { fileName: source, compilerOptions });
  fs.writeFileSync(target, outputText);
}

/** The PostgreSQL that the tests boot, too; nothing where there is none. */
export async function startPostgres(folder) {
  for (const name of ['server', 'postgres']) {
    compileFile(path.join(import.meta.dirname, `../support/${name}.ts`), path.join(folder, `${name}.js`));
  }
  const { startPostgres: start } = await import(pathToFileURL(path.join(folder, 'postgres.js')).href);
  return start();
}

/** @returns {Promise<{ requests: number, answered: number, hung: number, checkedOut: number }>} */
export async function measure(folder, postgres) {
  await fillTables(postgres);
  const { host, port, user, database } = postgres;
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database };
  const child = spawn(process.execPath, [path.join(folder, 'server.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const address = `http://127.0.0.1:${await portOf(child)}`;
    const answers = [];
    for (let round = 0; round < ROUNDS; round++) {
      answers.push(...(await Promise.all(REQUESTS.map((request) => isAnswered(address + request)))));
    }
    const answered = answers.filter(Boolean).length;
    const { checkedOut } = await (await fetch(`${address}/pool`)).json();
    return { requests: answers.length, answered, hung: answers.length - answered, checkedOut };
  } finally {
    child.kill();
  }
}

function portOf(child) {
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(Number(line)));
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}.`)));
  });
}

async function isAnswered(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.text();
    return true;
  } catch (error) {
    if (error.name === 'TimeoutError') return false;
    throw error;
  }
}

async function fillTables({ host, port, user, database }) {
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  try {
    await client.query(`DROP TABLE IF EXISTS accounts;
      CREATE TABLE accounts (id integer PRIMARY KEY, balance integer NOT NULL CHECK (balance >= 0));
      INSERT INTO accounts VALUES (1, 100), (2, 100), (3, 0)`);
  } finally {
    await client.end();
  }
}
