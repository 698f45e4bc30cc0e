// npm run docs: writes the table of docs/runtime/limits.md from the drivers' data. With --check it only fails on a
// difference.
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { genericPoolLimits } from '../../dist/src/drivers/limits/generic-pool.js';
import { ioredisLimits } from '../../dist/src/drivers/limits/ioredis.js';
import { mariadbPoolLimits } from '../../dist/src/drivers/limits/mariadb.js';
import { mongodbLimits } from '../../dist/src/drivers/limits/mongodb.js';
import { mysql2PoolLimits } from '../../dist/src/drivers/limits/mysql2.js';
import { agentLimits } from '../../dist/src/drivers/limits/node-http.js';
import { pgPoolLimits } from '../../dist/src/drivers/limits/pg.js';
import { postgresLimits } from '../../dist/src/drivers/limits/postgres.js';
import { redisPoolLimits } from '../../dist/src/drivers/limits/redis.js';
import { tarnLimits } from '../../dist/src/drivers/limits/tarn.js';
import { undiciPoolLimits } from '../../dist/src/drivers/limits/undici.js';

const drivers = {
  pg: pgPoolLimits,
  mysql2: mysql2PoolLimits,
  mariadb: mariadbPoolLimits,
  postgres: postgresLimits,
  tarn: tarnLimits,
  'generic-pool': genericPoolLimits,
  mongodb: mongodbLimits,
  redis: redisPoolLimits,
  ioredis: ioredisLimits,
  http: agentLimits,
  undici: undiciPoolLimits,
};

const sizes = '[no-unbounded-pool](../rules/no-unbounded-pool.md)';
const times = '[require-timeouts](../rules/require-timeouts.md)';
const deadline = 'the runtime has a deadline of its own where the driver has no option';

/** What is bounded, the policy's key, the rule, what `enforce` does beside writing the option, the limits in the data. */
const rows = [
  ['connections', '`perProcess.max`, `pools.<name>.max`, the share of `databases.<name>`', sizes, 'lowered', ['max']],
  ['callers that wait', '`perProcess.queue`', sizes, 'one more is refused at once', ['queue']],
  ['the wait for a connection', '`timeouts.acquireMs`', times, deadline, ['acquire']],
  ['opening one', '`timeouts.connectMs`', times, 'written', ['connect']],
  ['an unused one', '`timeouts.idleMs`', times, 'written', ['idle']],
  ['its age', '`timeouts.lifetimeMs`', times, 'written, spread by 2.5 %', ['lifetime']],
  ['a statement, by the server', '`timeouts.statementMs`', times, 'written under `via: "direct"`', ['statement']],
  ['a statement, by the client', '`timeouts.statementMs`', times, 'written', ['query', 'command', 'socket']],
  ['an HTTP request', '`timeouts.httpMs`', times, 'written', ['http']],
];

const code = (text) => `\`${text}\``;

/** A policy's time for statements does not hold for HTTP, whose answers come piece by piece. */
const isOfHttp = ({ lacks = [], options }) =>
  [...lacks, ...options].some(({ limit, limits }) => limit === 'http' || limits?.includes('http'));

function optionsOf(wanted) {
  const meant = Object.entries(drivers).filter(([, limits]) => !wanted.includes('query') || !isOfHttp(limits));
  const named = meant.flatMap(([driver, { options }]) => {
    const found = options.filter(
      ({ in: where, limits }) => where !== 'url' && limits.some((one) => wanted.includes(one)),
    );
    return found.length === 0 ? [] : [`${driver} ${[...new Set(found.map(({ option }) => code(option)))].join(', ')}`];
  });
  return named.join('; ');
}

const table = [
  '| what | policy | rule | under `enforce` | options |',
  '| --- | --- | --- | --- | --- |',
  ...rows.map(
    ([what, key, rule, action, limits]) => `| ${what} | ${key} | ${rule} | ${action} | ${optionsOf(limits)} |`,
  ),
  '| a connection that is held | `timeouts.holdMs` | [require-release](../rules/require-release.md) | reported; destroyed where the policy [names it](./enforce.md#lost-connections) | |',
].join('\n');

const file = path.join(import.meta.dirname, '../../docs/runtime/limits.md');
const [begin, end] = ['<!-- begin generated limits -->', '<!-- end generated limits -->'];
const page = fs.readFileSync(file, 'utf8');
const text = `${page.split(begin)[0]}${begin}\n\n${table}\n\n${end}${page.split(end)[1]}`;
const wanted = await format(text, { singleQuote: true, printWidth: 120, parser: 'markdown' });

if (process.argv.includes('--check')) {
  if (page !== wanted) {
    console.error('docs/runtime/limits.md is not what the data says. Run `npm run docs`.');
    process.exitCode = 1;
  }
} else {
  fs.writeFileSync(file, wanted);
}
