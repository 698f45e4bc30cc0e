import fs from 'node:fs';
import path from 'node:path';
import { buildWhenStale } from '../corpus/build.mjs';
import { printDiff } from './diff.mjs';
import { countProblems, lintService, printProblems } from './lint-service.mjs';
import { compile, measure, PATIENCE_MS, SETTLE_MS, startPostgres } from './load.mjs';
import { printGrouped } from './runtime-lines.mjs';
import { heading, printTable, step } from './terminal.mjs';

/**
 * Finds the five misuses of a small service, repairs a copy, puts the same load on both, and on the broken one with the
 * runtime. Exit code 1 when a check at the end fails.
 */

const MISUSES = [
  'pool/no-connect-per-request',
  'pool/no-pool-in-handler',
  'pool/no-unbounded-pool',
  'pool/require-release',
  'pool/require-timeouts',
];
const MAX_CONNECTIONS = 20;

const root = path.join(import.meta.dirname, '../..');
// Inside the project, so that the copies find its packages, and the plugin by its name.
const work = path.join(root, '.cache/demo');
const [before, after] = ['before', 'after'].map((name) => path.join(work, name));

const checks = [];
const check = (sentence, holds, mark = holds ? 'ok' : 'FAILED') => checks.push({ sentence, holds, mark });

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
buildWhenStale();
fs.rmSync(work, { recursive: true, force: true });
for (const folder of [before, after]) {
  fs.cpSync(path.join(import.meta.dirname, 'fixtures/service'), folder, { recursive: true });
}
findAndRepair();
await prove();
report();

function findAndRepair() {
  heading('Find: eslint .');
  const found = lintService(before);
  printProblems(found, before);
  console.log(`${countProblems(found)} problems`);
  const ids = new Set(found.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)));
  const missing = MISUSES.filter((id) => !ids.has(id));
  check(`${MISUSES.length - missing.length} of 5 misuses are found ${missing.join(' ')}`.trim(), missing.length === 0);

  heading('Repair a copy: eslint --fix .');
  const left = lintService(after, '--fix');
  printDiff(before, after);
  printProblems(left, after);
  check(`--fix leaves ${countProblems(left)} of ${countProblems(found)} problems`, countProblems(left) === 0);
}

async function prove() {
  heading(`Proof: the same load, half of it requests that must fail; PostgreSQL takes ${MAX_CONNECTIONS} connections`);
  const postgres = await startPostgres(work, { maxConnections: MAX_CONNECTIONS });
  if (!postgres) {
    check('the load: there is no PostgreSQL on this machine', true, 'left out');
    return;
  }
  try {
    await compareUnderLoad(postgres);
  } finally {
    await postgres.stop();
  }
}

async function compareUnderLoad(postgres) {
  const rows = {};
  const run = async (name, folder, options) => {
    step(`load on the service, ${name}`);
    const { numbers, log } = await measure(folder, postgres, { name, options });
    rows[name] = numbers;
    return log;
  };
  for (const folder of [before, after]) compile(folder);
  await run('broken', before);
  await run('repaired', after);
  printTable(rows);
  explain();

  heading('Without a repair: node --import eslint-plugin-pool/register, pool-policy.json says "enforce"');
  const log = await run('enforced', before, ['--import', 'eslint-plugin-pool/register']);
  printTable(rows);
  console.log('What the runtime printed, each kind once:\n');
  printGrouped(log);

  const { broken, repaired, enforced } = rows;
  check(`broken: ${broken.hung} of ${broken.requests} requests hang`, broken.hung > 0);
  check(`repaired: ${repaired.answered} of ${repaired.requests} are answered`, repaired.answered === repaired.requests);
  check(`repaired: ${repaired.left} connections are left`, repaired.left === 0);
  check(`enforced: ${enforced.hung} of ${enforced.requests} requests hang`, enforced.hung === 0);
}

function explain() {
  console.log(`answered  the right answer, be it 200, 400, 404 or 409
failed    an error in its place
hung      no answer within ${PATIENCE_MS / 1000} s
opened    connections that PostgreSQL accepted; refused: it had too many; peak: open at once
left      open ${SETTLE_MS / 1000} s after the load and idle in no shared pool: nobody gives them back`);
}

function report() {
  heading('Result');
  for (const { sentence, mark } of checks) console.log(`${mark.padEnd(8)}  ${sentence}`);
  console.log(`\n${Math.round(performance.now() / 1000)} s`);
  process.exitCode = checks.every(({ holds }) => holds) ? 0 : 1;
}
