import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlugin } from './build.mjs';
import { packageFolder, readSources } from './files.mjs';
import { Workbench } from './lint.mjs';
import { repair } from './repair.mjs';
import { excerpt, witnessOf } from './witness.mjs';

/** Lints any checkout of real code with all rules and shows every report with its witness. */

const USAGE = `usage: npm run corpus -- DIR [options]
  --commit SHA    read this commit of the git repository DIR, no work tree needed
  --preset NAME   recommended, strict or all (default all)
  --production    leave out tests, examples, benchmarks and docs
  --context N     lines of source around each report (default 3)
  --fix-check     apply all fixes in memory, parse and lint the result
  --tsc           with --fix-check: TypeScript's errors in each changed file, before and after
  --json          one JSON object instead of text`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    commit: { type: 'string' },
    preset: { type: 'string', default: 'all' },
    production: { type: 'boolean', default: false },
    context: { type: 'string', default: '3' },
    'fix-check': { type: 'boolean', default: false },
    tsc: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help || positionals.length !== 1) {
  console.error(USAGE);
  process.exit(2);
}

const loaded = await loadPlugin();
if (!Object.hasOwn(loaded.plugin.configs, options.preset)) {
  console.error(`There is no preset ${options.preset}. ${USAGE}`);
  process.exit(2);
}
const checkout = { directory: path.resolve(positionals[0]), ...options };
const workbench = new Workbench(loaded, options.preset, packageFolder(checkout));
const sources = readSources(checkout);
const result = collect(sources);
console.log(options.json ? JSON.stringify(result, undefined, 2) : print(result));
process.exitCode = result.crashes.length > 0 || result.repairs.some((one) => one.broken || isWorse(one)) ? 1 : 0;

function collect(files) {
  const all = { files: files.length, passed: 0, followed: 0, checkouts: 0, ms: 0, passedMs: 0, slowest: [] };
  const found = { ...all, parseErrors: [], crashes: [], counts: {}, reports: [], repairs: [] };
  for (const name of Object.keys(loaded.plugin.rules)) found.counts[`pool/${name}`] = 0;
  for (const file of files) addFile(found, file);
  found.slowest = found.slowest.sort((a, b) => b.ms - a.ms).slice(0, 5);
  return found;
}

function addFile(found, file) {
  const { messages, ms, crashes, facts, parseError } = workbench.lint(file.name, file.code);
  for (const { name, error } of crashes) found.crashes.push({ file: file.name, rule: name, stack: error.stack });
  if (parseError) {
    found.parseErrors.push({ file: file.name, line: parseError.line, message: parseError.message });
    return;
  }
  const isPassed = loaded.mayHold(file.code, {});
  found.ms += ms;
  if (isPassed) {
    found.passed++;
    found.passedMs += ms;
  }
  if (facts?.verdicts.length || facts?.poolTransactions.length) found.followed++;
  found.checkouts += facts?.verdicts.length ?? 0;
  found.slowest.push({ file: file.name, ms, steps: facts?.steps ?? 0 });
  for (const message of messages) found.reports.push(reportOf(found, file, message, facts));
  if (options['fix-check'] && messages.length > 0) found.repairs.push(repairOf(file, messages));
}

function reportOf(found, { name, code }, message, facts) {
  found.counts[message.ruleId] = (found.counts[message.ruleId] ?? 0) + 1;
  const witness = witnessOf(message, facts);
  const { line, column, ruleId, messageId } = message;
  const source = excerpt(code, message, witness, Number(options.context));
  const repairs = { fix: Boolean(message.fix), suggestions: message.suggestions?.map(({ desc }) => desc) ?? [] };
  return { file: name, line, column, ruleId, messageId, message: message.message, witness, ...repairs, source };
}

function repairOf(file, messages) {
  const { changed, broken, remaining, syntax, types } = repair(workbench, file, options);
  const left = remaining.map(({ line, ruleId, messageId }) => ({ line, ruleId, messageId }));
  return { file: file.name, before: messages.length, changed, broken, remaining: left, syntax, types };
}

/** A repair must not bring an error of TypeScript's. */
function isWorse({ syntax, types }) {
  return [syntax, types].some((change) => change !== undefined && change.after > change.before);
}

function print(found) {
  const blocks = found.reports.map(printReport);
  for (const { file, rule, stack } of found.crashes) blocks.push(`CRASH ${file} in ${rule}\n${stack}`);
  for (const { file, line, message } of found.parseErrors) blocks.push(`does not parse: ${file}:${line} ${message}`);
  if (options['fix-check']) blocks.push(printRepairs(found.repairs));
  return [...blocks, printTotals(found)].join('\n\n');
}

function printReport({ file, line, column, ruleId, message, witness, fix, suggestions, source }) {
  const { taken = line, lost, reason, about = '' } = witness;
  const offers = [fix ? 'has a fix' : '', suggestions.length > 0 ? `${suggestions.length} suggestions` : ''];
  const offered = offers.filter(Boolean).join(', ');
  return [
    `${file}:${line}:${column}  ${ruleId}${offered ? `  (${offered})` : ''}`,
    `  ${message}`,
    `  witness: taken in line ${taken}, ${reason} in line ${lost}${about ? ` (${about})` : ''}`,
    source,
  ].join('\n');
}

function printRepairs(repairs) {
  const sum = (pick) => repairs.reduce((total, one) => total + Number(pick(one) ?? 0), 0);
  const changed = sum((one) => one.changed);
  const before = sum((one) => one.before);
  const left = sum((one) => one.remaining.length);
  const broken = sum((one) => Boolean(one.broken));
  const lines = [
    `repairs: ${changed} of ${repairs.length} reported files changed, reports ${before} → ${left}, broken ${broken}`,
  ];
  if (options.tsc) {
    const both = (kind) => `${sum((one) => one[kind]?.before)} → ${sum((one) => one[kind]?.after)}`;
    lines.push(`TypeScript: syntax errors ${both('syntax')}, type errors ${both('types')}`);
    lines.push(`files that got worse: ${sum(isWorse)}`);
  }
  return [...lines, ...repairs.flatMap(printRepair)].join('\n');
}

function printRepair(one) {
  const { file, before, changed, broken, remaining, syntax, types } = one;
  const left = remaining.map(({ line, ruleId }) => `${ruleId} in line ${line}`).join(', ') || 'nothing';
  const errors = types
    ? `; syntax errors ${syntax.before} → ${syntax.after}, type errors ${types.before} → ${types.after}`
    : '';
  const what = broken ? `BROKEN: ${broken}` : `${changed ? 'changed' : 'unchanged'}, remains: ${left}`;
  const news = [...(syntax?.added ?? []), ...(types?.added ?? [])].map((error) => `    new: ${error}`);
  return [`  ${isWorse(one) ? 'WORSE ' : ''}${file}: ${before} reports, ${what}${errors}`, ...news];
}

function printTotals(found) {
  const { files, passed, followed, checkouts, ms, passedMs, crashes, parseErrors, counts, slowest } = found;
  const each = (total, count) => `${(count > 0 ? total / count : 0).toFixed(3)} ms each`;
  const rejected = files - parseErrors.length - passed;
  return [
    `files ${files}, past the gate ${passed}, with something to follow ${followed}, checkouts ${checkouts}, do not parse ${parseErrors.length}`,
    ...Object.entries(counts).map(([rule, count]) => `${rule.padEnd(32)} ${count}`),
    `crashes ${crashes.length}`,
    `own time ${ms.toFixed(0)} ms: stopped at the gate ${rejected}, ${each(ms - passedMs, rejected)}; past it ${passed}, ${each(passedMs, passed)}`,
    ...slowest.map((one) => `  slowest: ${one.ms.toFixed(1)} ms, ${one.steps} steps, ${one.file}`),
  ].join('\n');
}
