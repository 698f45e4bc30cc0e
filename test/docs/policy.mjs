// npm run docs: writes docs/policy.schema.json and the tables of docs/policy.md from the description of the keys. With
// --check it only fails on a difference. The build copies the schema to the root of the package, where editors look.
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { jsonSchema } from '../../dist/src/policy/json-schema.js';
import { schema } from '../../dist/src/policy/schema.js';
import { violations } from '../../dist/src/policy/violations.js';

const root = path.join(import.meta.dirname, '../..');

const code = (text) => `\`${text}\``;

function valuesOf(key) {
  if (key.kind === 'whole') return key.unit ?? `whole number, ${key.least} or more`;
  if (key.kind === 'constant') return code(key.value);
  if (key.kind === 'text') return 'text';
  return Object.keys(key.words).map(code).join(', ');
}

function whatOf(key) {
  if (key.kind !== 'word') return `${key.what}.`;
  const words = Object.entries(key.words).map(([word, meaning]) => `${code(word)}: ${meaning}`);
  return `${key.what}. ${words.join('; ')}.`;
}

/** One row per value, by its whole name. */
function rowsOf(key, name) {
  const inner = (part) => (name === '' ? part : `${name}.${part}`);
  if (key.kind === 'section') return Object.entries(key.keys).flatMap(([part, each]) => rowsOf(each, inner(part)));
  if (key.kind === 'map') {
    const rows = rowsOf(key.entry, inner(key.names ? '<id>' : '<name>'));
    return key.names ? rows.map((row) => row.replace(/\| [^|]* \|$/, `| ${key.what}, by its id (below). |`)) : rows;
  }
  const fallback = key.fallback === undefined ? '' : code(key.fallback);
  return [`| ${code(name)} | ${valuesOf(key)} | ${fallback} | ${whatOf(key)} |`];
}

const keys = `| key | holds | default | what |\n| --- | --- | --- | --- |\n${rowsOf(schema, '').join('\n')}`;
const ids = `| id | what |\n| --- | --- |\n${Object.entries(violations)
  .map(([id, what]) => `| ${code(id)} | ${what} |`)
  .join('\n')}`;

/** The page with its generated parts in place. */
function fill(page, parts) {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [begin, end] = [`<!-- begin generated ${name} -->`, `<!-- end generated ${name} -->`];
    const [before, rest] = text.split(begin);
    return `${before}${begin}\n\n${part}\n\n${end}${rest.split(end)[1]}`;
  }, page);
}

const read = (file) => (fs.existsSync(path.join(root, file)) ? fs.readFileSync(path.join(root, file), 'utf8') : '');
const style = { singleQuote: true, printWidth: 120 };
const wanted = {
  'docs/policy.schema.json': await format(JSON.stringify(jsonSchema()), { ...style, parser: 'json' }),
  'docs/policy.md': await format(fill(read('docs/policy.md'), { keys, ids }), { ...style, parser: 'markdown' }),
};

for (const [file, text] of Object.entries(wanted)) {
  if (read(file) === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file} is out of date. Run \`npm run docs\`.`);
    process.exitCode = 1;
  } else {
    fs.writeFileSync(path.join(root, file), text);
  }
}
