import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A user's application on disk, with our packed tarball installed in it. */

export const root = path.join(import.meta.dirname, '../..');

/** npm prints notices about its own settings on standard error; only a failure shows them. */
export function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export function createFolder(name: string): string {
  return fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), `pool-${name}-`));
}

/** Packs what `npm publish` would publish; returns the tarball. */
export function pack(folder: string): string {
  if (!fs.existsSync(path.join(root, 'dist/src/index.js'))) throw new Error('Run `npm run build` first.');
  const [{ filename }] = JSON.parse(npm(root, 'pack', '--json', '--pack-destination', folder)) as [
    { filename: string },
  ];
  return path.join(folder, filename);
}

export type Files = Readonly<Record<string, string>>;

export function writeFiles(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** What a TypeScript project has besides; the versions that this project is tested with. */
export const typescript: Files = {
  typescript: '~6.0.3',
  'typescript-eslint': '^8.73.0',
  '@types/node': '^20.19.43',
  '@types/pg': '^8.23.1',
};

/** A folder with packages, ours among them; projects are folders in it. */
export function installHost(folder: string, tarball: string, packages: Files): string {
  const devDependencies = { ...packages, 'eslint-plugin-pool': `file:${tarball}` };
  writeFiles(folder, { 'package.json': JSON.stringify({ private: true, devDependencies }) });
  npm(folder, 'install', '--prefer-offline', '--no-package-lock', '--no-audit', '--loglevel', 'error');
  // Stands for npx, which takes a second to find what is installed; it installs nothing.
  const npx = path.join(folder, 'bin/npx');
  writeFiles(folder, { 'bin/npx': '#!/bin/sh\nexec "$@"\n' });
  fs.chmodSync(npx, 0o755);
  return folder;
}

/** Other majors of Node, from their packages; kept between runs. Returns the executables by name. */
export function installNodes(versions: Readonly<Record<string, string>>): Map<string, string> {
  const folder = path.join(root, '.cache/nodes');
  fs.mkdirSync(folder, { recursive: true });
  const dependencies = Object.fromEntries(Object.entries(versions).map(([name, range]) => [name, `npm:node@${range}`]));
  // Their install script puts the executable of this platform in place.
  writeFiles(folder, {
    'package.json': JSON.stringify({ private: true, dependencies, allowScripts: { node: true } }),
  });
  npm(folder, 'install', '--prefer-offline', '--no-package-lock', '--loglevel', 'error');
  return new Map(Object.keys(versions).map((name) => [name, path.join(folder, 'node_modules', name, 'bin/node')]));
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(folder: string, command: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A project of a host, and the Node that runs it. */
export interface Project {
  readonly host: string;
  readonly folder: string;
  readonly node: string;
}

export function createProject(host: string, name: string, files: Files, node = process.execPath): Project {
  const folder = path.join(host, name);
  writeFiles(folder, files);
  return { host, folder, node };
}

/** Runs a line as a user types it in a project. */
export function shell({ host, folder, node }: Project, line: string, env: Files = {}): Run {
  // Our npx before that of Node.
  const places = [
    path.join(host, 'bin'),
    path.dirname(node),
    path.join(host, 'node_modules/.bin'),
    process.env['PATH'],
  ];
  const { FORCE_COLOR: _, ...outer } = process.env;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...outer, PATH: places.join(':'), NO_COLOR: '1', CI: 'true', ...env },
  });
  return { status, stdout, stderr };
}

export interface Block {
  /** The nearest heading of the second level; before the first, `top`. */
  readonly heading: string;
  readonly language: string;
  readonly code: string;
}

/** The blocks of a page of `docs`, in their order. */
export function collectBlocks(page: string): Block[] {
  const text = fs.readFileSync(path.join(root, 'docs', page), 'utf8');
  const blocks: Block[] = [];
  let heading = 'top';
  for (const [, title, language, code] of text.matchAll(/^## (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    else blocks.push({ heading, language: language ?? '', code: code ?? '' });
  }
  return blocks;
}

/** The code of one block, by its heading and language. */
export function findBlock(blocks: readonly Block[], heading: string, language: string, index = 0): string {
  const found = blocks.filter((block) => block.heading.startsWith(heading) && block.language === language)[index];
  if (!found) throw new Error(`The page has no block of ${language} number ${index} under "${heading}".`);
  return found.code;
}

export interface Report {
  readonly file: string;
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly { ruleId: string; line: number; message: string }[];
}

/** What ESLint's format `json` says, in the order of the files' names. */
export function collectReports({ folder }: Project, json: string): Report[] {
  const results = JSON.parse(json) as Result[];
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId: rule, line, message }) => ({
        file: path.relative(folder, filePath),
        rule,
        line,
        message,
      })),
    )
    .sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
}

/** The executable of a package of this project. */
export const binOf = (name: string, bin: string): string => path.join(root, 'node_modules', name, bin);
