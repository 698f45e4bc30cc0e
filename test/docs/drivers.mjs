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

function sectionOf(driver) {
  const rows = rowsOf(driver);
  if (rows.length === 0) return [];
  const modules = driver.modules.filter((name) => name !== driver.name);
  const imported = modules.length === 0 ? '' : `Also imported as ${list(modules)}.\n\n`;
  return [`## ${driver.name}\n\n${imported}| hands out | comes back through |\n| --- | --- |\n${rows.join('\n')}\n`];
}

const text = `# Drivers

What the rules know of each driver. This page is generated from the data in \`src/drivers\`; the word before the dot is
the kind of value, not a name that your code must use.

${drivers.flatMap(sectionOf).join('\n')}`;

const current = fs.existsSync(path.join(root, file)) ? fs.readFileSync(path.join(root, file), 'utf8') : '';
const wanted = await format(text, { parser: 'markdown' });
if (current !== wanted && process.argv.includes('--check')) {
  console.error(`${file} is out of date. Run \`npm run docs\`.`);
  process.exitCode = 1;
} else {
  fs.writeFileSync(path.join(root, file), wanted);
}
