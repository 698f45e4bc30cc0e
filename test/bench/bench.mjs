import path from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import n from 'eslint-plugin-n';
import { loadPlugin } from '../corpus/build.mjs';
import { readSources } from '../corpus/files.mjs';
import { defaultTree } from './tree.mjs';

/**
 * CPU time inside our listeners beside ESLint's own work on the same files: everything in one process, a fresh
 * SourceCode in each round, the smallest of all rounds for each file.
 *
 * usage: npm run bench -- [DIR]   (ROUNDS=20)
 */

const BUDGET = { rejected: 0.05, followed: 0.6, share: 0.02 };
/**
 * Milliseconds that ESLint's own work on the default tree took on the machine for which the budgets were set. Machines
 * differ, and one machine differs from hour to hour: our milliseconds are judged in the measure of ESLint's own.
 */
const REFERENCE = 1315;
const rounds = Number(process.env['ROUNDS'] ?? 20);

const { plugin, fileFacts, mayHold } = await loadPlugin();
const linter = new Linter({ configType: 'flat' });
const files = process.argv[2] ? readSources({ directory: path.resolve(process.argv[2]) }) : defaultTree();

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

let own = 0;
let facts;
/** What the measuring itself costs: a rule that does nothing, measured in the same way on the same files. */
const empties = [];
let overhead = 0;
const noteOwn = (ms) => (own += ms - overhead);
const noteEmpty = (ms) => empties.push(ms);
const ours = {
  pool: { rules: Object.fromEntries(Object.entries(plugin.rules).map(([id, rule]) => [id, timed(rule, noteOwn)])) },
  empty: { rules: { rule: timed({ create: () => ({ Program() {} }) }, noteEmpty) } },
};
const ourRules = { 'empty/rule': 'error', ...plugin.configs.all.rules };
const nothing = { name: 'nothing', plugins: {}, rules: {} };
const nodeRules = { name: 'n', plugins: { n }, rules: n.configs['flat/recommended'].rules };

/** A rule with its time taken: what it does when it is made, and in each of its listeners. */
function timed(rule, note) {
  const measure = (work) => {
    const start = cpu();
    try {
      return work();
    } finally {
      note(cpu() - start);
    }
  };
  const create = (context) => {
    const listeners = Object.entries(measure(() => rule.create(context)));
    const entries = listeners.map(([event, run]) => [event, (...args) => measure(() => run(...args))]);
    return Object.fromEntries([...entries, ['Program:exit', () => (facts = fileFacts(context))]]);
  };
  return { ...rule, create };
}

/** CPU milliseconds of one `verify`, ours apart. */
function verify({ name, code }, { plugins, rules }) {
  const config = {
    files: ['**'],
    plugins,
    rules,
    languageOptions: { parser: typescriptParser, parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  };
  own = 0;
  facts = undefined;
  const start = cpu();
  const messages = linter.verify(code, [config], { filename: name });
  return { all: cpu() - start, own, facts, parses: !messages.some(({ fatal }) => fatal) };
}

const keepLeast = (row, key, value) => {
  row[key] = Math.min(row[key] ?? Infinity, value);
};

function round(rows) {
  for (const row of rows) {
    const withOurs = verify(row.file, { plugins: ours, rules: ourRules });
    row.parses = withOurs.parses;
    row.facts = withOurs.facts;
    keepLeast(row, 'own', withOurs.own);
    const bare = verify(row.file, nothing);
    keepLeast(row, 'bare', bare.all);
    keepLeast(row, 'node', verify(row.file, nodeRules).all);
  }
}

function kindOf({ file, facts: found }) {
  if (found?.verdicts.length || found?.poolTransactions.length) return 'followed';
  return mayHold(file.code, {}) ? 'passed' : 'rejected';
}

const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
const verdict = (value, limit) => (value <= limit ? 'within budget' : 'over budget');
const percent = (share) => `${(share * 100).toFixed(2)} %`;

const rows = files.map((file) => ({ file }));
for (let index = 0; index <= rounds; index++) {
  if (index === 1) for (const row of rows) row.own = row.bare = row.node = undefined; // the first round warms up
  overhead = empties.sort((a, b) => a - b)[empties.length >> 1] ?? 0;
  round(rows);
}

const parsed = rows.filter((row) => row.parses);
const groups = Object.groupBy?.(parsed, kindOf) ?? group(parsed);
function group(all) {
  const found = {};
  for (const row of all) (found[kindOf(row)] ??= []).push(row);
  return found;
}

const bare = sum(parsed, 'bare');
const scale = process.argv[2] ? 1 : REFERENCE / bare;

function printGroup(kind, label, limit) {
  const members = groups[kind] ?? [];
  const each = members.length > 0 ? sum(members, 'own') / members.length : 0;
  const scaled = each * scale;
  const judged =
    limit === undefined ? '' : `   ${scaled.toFixed(4)} by the reference, budget ${limit}: ${verdict(scaled, limit)}`;
  console.log(`${label.padEnd(34)} ${String(members.length).padStart(5)} files  ${each.toFixed(4)} ms each${judged}`);
}

const share = sum(parsed, 'own') / bare;
const node = sum(parsed, 'node') - bare;
console.log(`${parsed.length} files, ${rounds} rounds, CPU time, the least of all rounds for each file`);
printGroup('rejected', 'rejected by the gate', BUDGET.rejected);
printGroup('passed', 'past the gate, nothing to follow');
printGroup('followed', 'something to follow', BUDGET.followed);
console.log(`parsing and traversal              ${bare.toFixed(0)} ms, ${REFERENCE} on the reference`);
console.log(
  `eslint-plugin-pool, all rules      ${sum(parsed, 'own').toFixed(1)} ms, ${percent(share)}   budget ${percent(BUDGET.share)}: ${verdict(share, BUDGET.share)}`,
);
console.log(`eslint-plugin-n, recommended       ${node.toFixed(1)} ms, ${percent(node / bare)}`);
