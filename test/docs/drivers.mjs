// npm run docs: writes docs/drivers.md from the driver data. With --check it only fails on a difference.
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { drivers } from '../../dist/src/drivers/index.js';

const root = path.join(import.meta.dirname, '../..');
const file = 'docs/drivers.md';

const code = (text) => `\`${text}\``;
const list = (items) => items.map(code).join(', ');

/** Every way in which a handed-out value comes back. */
function returnsOf(pool, name, lease) {
  return [
    ...lease.giveBack.map((method) => `${name}.${method}()`),
    ...(lease.giveBackThrough ?? []).map((method) => `${pool}.${method}(${name})`),
    ...(lease.disposable ? [`${lease.disposable.symbol === 'dispose' ? 'using' : 'await using'} ${name}`] : []),
  ];
}

/** One row per method that hands out, with the names that our data gives to the values. */
function rowsOf(driver) {
  return Object.entries(driver.kinds).flatMap(([pool, kind]) =>
    Object.entries(kind.checkouts ?? {}).map(([method, { gives, callback }]) => {
      const lease = driver.kinds[gives].lease;
      const done = callback?.done === undefined ? [] : ['done()'];
      return `| ${code(`${pool}.${method}()`)} | ${list([...returnsOf(pool, gives, lease), ...done])} |`;
    }),
  );
}

/** `new Pool()`, `createPool()`, `MongoClient.connect()`, each with the name of what it gives. */
function buildersOf({ exports, kinds }) {
  const chained = (kind) => (kinds[kind].call ? [[`${kind}()`, kinds[kind].call]] : []);
  const direct = Object.entries(exports).flatMap(([name, each]) => [
    ...(each.new ? [[`new ${name}()`, each.new]] : []),
    ...(each.call && !each.existing ? [[`${name}()`, each.call], ...chained(each.call)] : []),
  ]);
  const through = Object.entries(kinds).flatMap(([name, kind]) => {
    const names = Object.keys(exports).filter((one) => Object.values(exports[one]).includes(name));
    if (names.length === 0) return [];
    const shown = names.find((one) => one !== 'default' && exports[one].is === name) ?? name;
    return [
      ...(kind.builds ?? []).map((method) => [`${shown}.${method}()`, kind.members[method]]),
      ...Object.entries(kind.checkouts ?? {}).flatMap(([method, { opens }]) =>
        opens ? [[`${shown}.${method}({ ${opens.with[0]} })`, opens.kind]] : [],
      ),
    ];
  });
  return [...direct, ...through].filter(([, kind]) => kinds[kind].owns);
}

/** What it keeps open, and when it does not. */
function keptBy({ what, borrows = [], keepsWith }) {
  const names = borrows.filter((word) => word !== 'argument 0');
  const lent = borrows.length > 0 ? [`nothing when one is passed in (${list(names)})`] : [];
  const conditions = [...(keepsWith ? [`only with ${code(keepsWith)}`] : []), ...lent];
  return [`a ${what}`, ...conditions].join('; ');
}

function errorOf({ crashes }) {
  if (!crashes) return '–';
  const on = crashes.on ? ` on ${code(crashes.on)}` : '';
  const held = crashes.held ? `; so does one on a held ${code(crashes.held)}` : '';
  return `ends the process (${crashes.when})${on}${held}`;
}

/** One row per kind that a program builds. */
function ownedRowsOf(driver) {
  const builders = buildersOf(driver);
  const kinds = [...new Set(builders.map(([, kind]) => kind))];
  return kinds.map((kind) => {
    const { owns } = driver.kinds[kind];
    const calls = list(builders.filter(([, made]) => made === kind).map(([call]) => call));
    const end = owns.end.length === 0 ? 'the pool in it' : list(owns.end.map((method) => `${kind}.${method}()`));
    return `| ${calls} | ${keptBy(owns)} | ${end} | ${errorOf(owns)} |`;
  });
}

const worded = (meaning) => meaning ?? '';

function defaultOf({ default: value, unit }) {
  if (typeof value !== 'number') return value;
  return unit === 'count' ? value : `${value} ${unit}`;
}

/** Where an option counts, for its cell. */
function conditionsOf({ when, needs, per, url = [], in: only }) {
  return [
    ...(when ? [`${when.option}: ${when.is.join(', ')}`] : []),
    ...(needs ? [`only with ${code(needs.option)} ${needs.is === 'positive' ? 'set' : 'below the pool’s size'}`] : []),
    ...(per ? [`for each ${per}`] : []),
    ...(only ? ['URL only'] : url.length > 0 ? ['URL'] : []),
  ];
}

function limitRow(option) {
  const conditions = conditionsOf(option);
  const names =
    list([option.option, ...(option.also ?? [])]) + (conditions.length > 0 ? ` (${conditions.join('; ')})` : '');
  const { unit, zero, infinity, text } = option;
  const cells = [
    option.limits.join(', '),
    names,
    unit,
    defaultOf(option),
    worded(zero),
    worded(infinity),
    worded(text),
  ];
  return `| ${cells.join(' | ')} |`;
}

const effects = { ignored: 'nothing', logged: 'a line on the console', throws: 'an error' };

function misreadRow({ option, in: where, effect, instead, unit, when }) {
  const name =
    code(where === 'url' ? `?${option}=` : option) + (when ? ` (${when.option}: ${when.is.join(', ')})` : '');
  return `| ${name} | ${effects[effect]} | ${instead ? code(instead) : '–'}${unit ? ` (written in ${unit})` : ''} |`;
}

function lackOf({ limit, instead, perCall }) {
  const help = [...(instead ? [code(instead)] : []), ...(perCall ? [`${code(perCall)} for one call`] : [])];
  return help.length > 0 ? `${limit} (but ${help.join(', ')})` : limit;
}

const notRun = JSON.parse(fs.readFileSync(path.join(root, 'test/drivers/conformance/not-run.json'), 'utf8'));

function notRunOf(name) {
  const reasons = notRun[name];
  if (!reasons) return '';
  if (typeof reasons === 'string') return `Not run by our tests: ${reasons}.\n\n`;
  const grouped = new Map();
  for (const [fact, reason] of Object.entries(reasons)) grouped.set(reason, [...(grouped.get(reason) ?? []), fact]);
  const lines = [...grouped].map(([reason, facts]) => `${list(facts)} (${reason})`);
  return `Not run by our tests: ${lines.join('; ')}.\n\n`;
}

/** Of those that share kinds, the driver with the shortest name is the one that the others reuse. */
const homeOf = (limits) =>
  drivers
    .filter(({ kinds }) => Object.values(kinds).some((kind) => kind.limits === limits))
    .reduce((one, other) => (other.name.length < one.name.length ? other : one));

function limitsOf(driver) {
  const shown = new Set();
  return Object.entries(driver.kinds).flatMap(([kind, { limits }]) => {
    if (!limits || shown.has(limits) || homeOf(limits) !== driver) return [];
    shown.add(limits);
    const head = "| limit | option | unit | default | `0` | `Infinity` | `'3'` |";
    const rows = table(head, limits.options.map(limitRow));
    const misread = table('| written | gives | meant is |', (limits.misread ?? []).map(misreadRow));
    const lacks = limits.lacks?.length ? `No option for: ${limits.lacks.map(lackOf).join(', ')}.\n\n` : '';
    return [
      `### Limits of ${code(`${driver.name} ${kind}`)}\n\n${rows}${misread}${lacks}${notRunOf(`${driver.name} ${kind}`)}`,
    ];
  });
}

const table = (head, rows) =>
  rows.length === 0 ? '' : `${head}\n|${' --- |'.repeat(head.split('|').length - 2)}\n${rows.join('\n')}\n\n`;

function sectionOf(driver) {
  const taken = table('| hands out | comes back through |', rowsOf(driver));
  const owned = table('| builds | keeps open | ended by | an unheard `error` |', ownedRowsOf(driver));
  const limits = limitsOf(driver).join('');
  if (taken + owned + limits === '') return [];
  const modules = driver.modules.filter((name) => name !== driver.name);
  const imported = modules.length === 0 ? '' : `Also imported as ${list(modules)}.\n\n`;
  return [`## ${driver.name}\n\n${imported}${taken}${owned}${limits}`];
}

const text = `# Drivers

What the rules know of each driver. This page is generated from the data in \`src/drivers\`; the word before the dot is
the kind of value, not a name that your code must use, and \`default\` is the default import. What is _handed out_ comes
back to its pool; what is _built_ stays open until it is ended, so a program builds it once. A
dash means that we know of no \`error\` event of it that ends the process when nobody listens.

_Limits_: \`unbounded\` is no limit (as many as asked for, or for ever), \`none\` lets nothing through, \`at once\` is over
immediately, \`throws\` is refused when built or first used, \`read\` is the number that a text spells, a number is what
the value becomes, \`driver\` what the driver below says. An empty cell: not known. Two options of one limit: the first that is written counts.
\`npm test\` runs these facts with the installed drivers (test/drivers/conformance); what it cannot run is named.

${drivers.flatMap(sectionOf).join('\n')}`;

const current = fs.existsSync(path.join(root, file)) ? fs.readFileSync(path.join(root, file), 'utf8') : '';
const wanted = await format(text, { parser: 'markdown' });
if (current !== wanted && process.argv.includes('--check')) {
  console.error(`${file} is out of date. Run \`npm run docs\`.`);
  process.exitCode = 1;
} else {
  fs.writeFileSync(path.join(root, file), wanted);
}
