import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import plugin from '../../src/index.ts';
import { binOf, createFolder, npm, pack, root, run } from './app.ts';
import { LanguageServer, textAt } from './language-server.ts';
import type { Diagnostic, OpenFile } from './language-server.ts';

/** What a user sees and does in an editor: the ESLint language server on a project that has the packed tarball. */

const versionOf = (name: string): string =>
  (JSON.parse(fs.readFileSync(binOf(name, 'package.json'), 'utf8')) as { version: string }).version;

const packages = {
  eslint: versionOf('eslint'),
  '@eslint/js': '10.0.1',
  '@typescript-eslint/parser': versionOf('@typescript-eslint/parser'),
  typescript: versionOf('typescript'),
  // The server of VS Code's extension; 4.10.7 and 4.10.8 of the fork of Zed are published without it.
  'vscode-langservers-extracted': '4.10.0',
};

const configuration = 'eslint.config.mjs';
const policy = 'pool-policy.json';
const policed = (max: number): string => JSON.stringify({ version: 1, perProcess: { max } });

let folder = '';
let app = '';
let server: LanguageServer;

beforeAll(async () => {
  folder = createFolder('editor');
  app = path.join(folder, 'app');
  fs.cpSync(path.join(import.meta.dirname, 'fixtures/editor'), app, { recursive: true });
  const devDependencies = { ...packages, 'eslint-plugin-pool': `file:${pack(folder)}` };
  writeFile('package.json', JSON.stringify({ private: true, devDependencies }));
  writeFile(policy, policed(50));
  npm(app, 'install', '--prefer-offline', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts');
  // The server looks for ESLint from the folder of each file.
  for (const name of ['core', 'pages']) fs.mkdirSync(path.join(app, name));
  server = new LanguageServer(path.join(app, 'node_modules/.bin/vscode-eslint-language-server'), app);
  await server.initialize();
});

afterEach(() => {
  const [errors, shown] = [server.errors.splice(0), [...server.shown]];
  server.shown.clear();
  server.closeAll();
  expect(errors).toEqual([]);
  expect(shown.filter((line) => line.length > 160 || /\s{2}|[\n\r\t]/.test(line))).toEqual([]);
});

afterAll(async () => {
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

function writeFile(name: string, text: string): void {
  fs.writeFileSync(path.join(app, name), text);
}

/** What `eslint --fix` writes; the file is as it was afterwards. */
function fixOnDisk(name: string): string {
  const file = path.join(app, name);
  const text = fs.readFileSync(file, 'utf8');
  run(app, process.execPath, 'node_modules/eslint/bin/eslint.js', '--fix', name);
  const fixed = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text);
  return fixed;
}

async function pick(file: OpenFile, title: string): Promise<void> {
  const found = (await file.offers(await file.diagnose())).find((one) => one.title === title);
  if (!found) throw new Error(`Nothing is offered as ${title}`);
  await file.pick(found);
}

const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);

describe('a report', () => {
  it('is an error under the call, with the address of its page', async () => {
    const users = server.open('src/users.ts');
    const [leak, ...others] = await users.diagnose();
    expect(others).toEqual([]);
    expect(leak).toEqual({
      range: { start: { line: 3, character: 23 }, end: { line: 3, character: 37 } },
      severity: 1,
      source: 'eslint',
      code: 'pool/require-release',
      codeDescription: { href: plugin.rules['require-release']?.meta?.docs?.url },
      message:
        '`client` from `pool.connect` is not given back when line 5 throws, so the pool loses a slot. Call `client.release()` in `finally`.',
    });
    expect(leak && textAt(users.text, leak.range)).toBe('pool.connect()');
  });

  it.for(Object.keys(plugin.rules))('of the page of %s is shown, and each of its repairs applies', async (rule) => {
    const page = fs.readFileSync(path.join(root, `docs/rules/${rule}.md`), 'utf8');
    const blocks = [...page.matchAll(/^```(\w+) incorrect\n([\s\S]*?)^```$/gm)];
    const reports: Diagnostic[] = [];
    for (const [index, [, language = '', code = '']] of blocks.entries()) {
      const example = server.open(`pages/${rule}-${index}.${language}`, code);
      reports.push(...(await repairEach(example, code)));
    }
    const own = reports.filter((one) => one.code === `pool/${rule}`);
    const hrefs = new Set(own.map(({ codeDescription }) => codeDescription?.href));
    expect([...hrefs]).toEqual([plugin.rules[rule]?.meta?.docs?.url]);
    expect([...hrefs][0]).toMatch(new RegExp(`/docs/rules/${rule}\\.md$`));
  });
});

/** Picks whatever is offered at each report of the code; the code parses afterwards. Returns the reports. */
async function repairEach(file: OpenFile, code: string): Promise<Diagnostic[]> {
  const reports = await file.diagnose();
  expect(codes(reports)).not.toContain(undefined);
  for (const index of reports.keys()) {
    const titles = (await file.offers([reports[index] as Diagnostic])).map(({ title }) => title);
    for (const title of titles) {
      const again = await file.diagnose();
      const action = (await file.offers([again[index] as Diagnostic])).find((one) => one.title === title);
      if (action) await file.pick(action);
      expect(file.text).not.toBe(code);
      expect(codes(await file.diagnose()), file.text).not.toContain(undefined);
      file.replace(code);
      await file.diagnose();
    }
  }
  return reports;
}

describe('a repair', () => {
  it('that is certain is the text that --fix writes', async () => {
    const users = server.open('src/users.ts');
    await pick(users, 'Fix this pool/require-release problem');
    expect(users.text).toMatch(/finally \{\n {4}client\.release\(\);/);
    expect(users.text).toBe(fixOnDisk('src/users.ts'));
    expect(await users.diagnose()).toEqual([]);
  });

  it('with a choice in it is offered beside it, with its own title', async () => {
    const orders = server.open('src/orders.ts');
    const before = orders.text;
    await pick(orders, 'Declare `connection` with `using` (pool/require-release)');
    const after = before
      .replace('const connection =', 'await using connection =')
      .replace('  connection.release();\n', '');
    expect(orders.text).toBe(after);
    expect(await orders.diagnose()).toEqual([]);
  });

  it('adds a listener after the pool', async () => {
    const pool = server.open('src/pool.ts');
    const before = pool.text;
    const [idle] = await pool.diagnose();
    const [listen] = await pool.offers(idle ? [idle] : []);
    expect(listen?.title).toBe('Listen to the `error` events of `pool` (pool/require-error-listener)');
    if (listen) await pool.pick(listen);
    const line = 'const pool = new Pool({ connectionTimeoutMillis: 5000 });\n';
    const listener = "pool.on('error', (error) => {\n  console.error(error);\n});\n";
    expect(pool.text).toBe(before.replace(line, line + listener));
  });

  it('of each of two reports of one rule at one place is reached by picking twice', async () => {
    const pool = server.open('src/pool.ts');
    const left: number[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const [first] = await pool.offers(await pool.diagnose());
      if (first) await pool.pick(first);
      left.push((await pool.diagnose()).length);
    }
    expect(left).toEqual([1, 0]);
  });
});

describe('fix on save', () => {
  it('writes what --fix writes', async () => {
    const service = server.open('src/service.ts');
    expect(codes(await service.diagnose())).toEqual([
      'pool/require-timeouts',
      'pool/require-release',
      'pool/no-pool-in-handler',
      'pool/require-release',
    ]);
    await service.fixAll();
    expect(service.text).toContain('reports ??= new Pool(');
    expect(service.text).toBe(fixOnDisk('src/service.ts'));
    await service.fixAll();
    expect(service.text).toBe(fixOnDisk('src/service.ts'));
  });

  it('with the setting `structural` gives connections back, writes no number and moves nothing', async () => {
    const service = server.open('structural/service.ts');
    await service.diagnose();
    await service.fixAll();
    expect(service.text).toBe(fixOnDisk('structural/service.ts'));
    expect(service.text.match(/finally/g)).toHaveLength(2);
    for (const line of ['const pool = new Pool({ max: 10 });', '  const reports = new Pool({ ']) {
      expect(service.text).toContain(line);
    }
    expect(codes(await service.diagnose())).toEqual(['pool/require-timeouts', 'pool/no-pool-in-handler']);
  });

  it('with the setting `structural` leaves the other repairs in the lightbulb', async () => {
    const service = server.open('structural/service.ts');
    await pick(service, 'Set `connectionTimeoutMillis: 5000` (pool/require-timeouts)');
    await pick(service, 'Build it once, at module level (pool/no-pool-in-handler)');
    await service.diagnose();
    await service.fixAll();
    expect(service.text).toBe(fixOnDisk('src/service.ts'));
  });
});

describe('while somebody types', () => {
  const text = fs.readFileSync(path.join(import.meta.dirname, 'fixtures/editor/src/typed.ts'), 'utf8');

  it('says of a file that does not parse nothing else', async () => {
    const typed = server.open('src/typed.ts', '');
    const states = await typeInSteps(typed, text, () => '');
    const broken = states.filter(({ reports }) => codes(reports).includes(undefined));
    expect(broken.length).toBeGreaterThan(100);
    expect(broken.filter(({ reports }) => reports.length > 1)).toEqual([]);
    expect(broken[0]?.reports[0]?.message).toMatch(/^Parsing error: /);
  });

  it('reports what is unfinished while it is so: with closing brackets that the editor adds', async () => {
    const typed = server.open('src/typed.ts', '');
    const states = await typeInSteps(typed, text, closersOf);
    const seen = states.flatMap(({ line, reports }) => reports.map(({ code, range }) => ({ code, line, range })));
    const own = seen.filter(({ code }) => code?.startsWith('pool/'));
    const sections = own.map(({ code, range }) => `${code} at ${text.split('\n')[range.start.line]?.trim()}`);
    expect([...new Set(sections)]).toEqual([
      'pool/require-error-listener at const pool = new Pool({ max: 10, connectionTimeoutMillis: 5000 });',
      'pool/require-timeouts at const pool = new Pool({ max: 10, connectionTimeoutMillis: 5000 });',
      'pool/require-release at const client = await pool.connect();',
      'pool/require-release at orders.getConnection((error, connection) => {',
    ]);
    expect(Math.max(...states.map(({ reports }) => reports.length))).toBe(2);
    // Nothing of what was finished is reported again.
    expect(Math.max(...own.map(({ line, range }) => line - range.start.line))).toBeLessThan(12);
    expect(states.at(-1)?.reports).toEqual([]);
  });

  it('survives the loss of any line', async () => {
    const typed = server.open('src/typed.ts', text);
    const lines = text.split('\n');
    const counts: number[] = [];
    for (const index of lines.keys()) {
      typed.replace(lines.toSpliced(index, 1).join('\n'));
      counts.push((await typed.diagnose()).length);
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(2);
    typed.replace(text);
    expect(await typed.diagnose()).toEqual([]);
  });
});

interface State {
  /** Where the cursor is, from 0. */
  readonly line: number;
  readonly reports: readonly Diagnostic[];
}

/** The reports after every seventh character; `rest` is what stands behind the cursor. */
async function typeInSteps(file: OpenFile, text: string, rest: (typed: string) => string): Promise<State[]> {
  const states: State[] = [];
  for (let length = 1; length < text.length + 7; length += 7) {
    const typed = text.slice(0, length);
    file.replace(typed + rest(typed));
    states.push({ line: typed.split('\n').length - 1, reports: await file.diagnose() });
  }
  return states;
}

const closers: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']', '`': '`', "'": "'" };

/** The brackets and quotes that an editor has put behind the cursor by itself. */
function closersOf(typed: string): string {
  const open: string[] = [];
  for (const character of typed) {
    const awaited = open.at(-1) ?? '';
    if (character === awaited) open.pop();
    else if (!/['`]/.test(awaited) && character in closers) open.push(closers[character] ?? '');
  }
  return open.reverse().join('');
}

describe('on a file of 2,000 lines', () => {
  it("a keystroke takes at most twice the time that ESLint's own recommended rules take", async () => {
    const text = writeLarge(2000);
    const ours = server.open('src/large.ts', text);
    const core = server.open('core/large.ts', text);
    const counts = [(await ours.diagnose()).length, (await core.diagnose()).length];
    expect(counts).toEqual([text.match(/function count/g)?.length, 0]);
    const times = { ours: [] as number[], core: [] as number[] };
    for (let stroke = 0; stroke < 25; stroke += 1) {
      times.ours.push(await timeKeystroke(ours));
      times.core.push(await timeKeystroke(core));
    }
    const [mine, base] = [summarize(times.ours), summarize(times.core)];
    const ratio = mine.median / base.median;
    console.log(
      `ms per keystroke, median and p95: ours ${mine.median} ${mine.p95}, ESLint's ${base.median} ${base.p95}; ${ratio.toFixed(2)} to 1`,
    );
    expect(ratio).toBeLessThan(2);
  });
});

async function timeKeystroke(file: OpenFile): Promise<number> {
  const start = performance.now();
  file.insert(file.text.indexOf('balance', file.text.length / 2), 'x');
  const reports = await file.diagnose();
  const time = performance.now() - start;
  expect(codes(reports)).not.toContain(undefined);
  return time;
}

/** The first five are left out: the server has not compiled its code yet. */
function summarize(times: readonly number[]): { readonly median: number; readonly p95: number } {
  const sorted = times.slice(5).sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
  return { median: at(0.5), p95: at(0.95) };
}

function writeLarge(lines: number): string {
  const head = [
    "import express from 'express';",
    "import { Pool } from 'pg';",
    "import { report } from './report.js';",
    'const app = express();',
  ];
  const parts = [head.join('\n')];
  for (let number = 1; parts.join('\n').split('\n').length < lines; number += 1) parts.push(writePart(number));
  return parts.join('\n');
}

/** A pool with a transaction that is right, a handler, and a leak. */
const writePart = (number: number): string => `
const pool${number} = new Pool({ max: 10, connectionTimeoutMillis: 5000 });
pool${number}.on('error', report);
pool${number}.on('connect', (client) => client.on('error', report));

export async function transfer${number}(from: string, to: string, amount: number): Promise<void> {
  const client = await pool${number}.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET balance = balance - $1 WHERE id = $2', [amount, from]);
    await client.query('UPDATE accounts SET balance = balance + $1 WHERE id = $2', [amount, to]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

export async function count${number}(): Promise<number> {
  const client = await pool${number}.connect();
  const { rows } = await client.query('SELECT count(*) FROM accounts');
  client.release();
  return rows[0].count;
}

app.get('/accounts/${number}/:id', async (request, response) => {
  const { rows } = await pool${number}.query('SELECT * FROM accounts WHERE id = $1', [request.params['id']]);
  if (rows.length === 0) {
    response.status(404).end();
    return;
  }
  for (const row of rows) {
    if (row.balance < 0) row.note = 'overdrawn';
  }
  response.json(rows[0]);
});`;

describe('a policy that changes', () => {
  it('counts once the configuration is saved again', async () => {
    const pool = server.open('policed/pool.ts');
    expect(await pool.diagnose()).toEqual([]);
    writeFile(policy, policed(10));
    expect(await pool.diagnose()).toEqual([]);
    save(configuration);
    expect(codes(await pool.diagnose())).toEqual(['pool/no-unbounded-pool']);
  });

  it('and is wrong is told in the output of ESLint', async () => {
    const pool = server.open('policed/pool.ts');
    writeFile(policy, policed(0));
    save(configuration);
    expect(await pool.diagnose()).toEqual([]);
    const sentence = 'pool-policy.json: perProcess.max must be a whole number of at least 1, not 0.';
    expect(server.errors.splice(0).join('\n')).toContain(sentence);
  });
});

let saves = 0;

/** As an editor does: a later time on disk, and a note to the server. */
function save(name: string): void {
  saves += 1;
  const time = Date.now() / 1000 + saves;
  fs.utimesSync(path.join(app, name), time, time);
  const uri = pathToFileURL(path.join(app, name)).href;
  server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
}
