import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The source files of a directory, or of one commit of a git repository without a work tree. */

const SOURCE = /\.[cm]?[jt]sx?$/;
const FOREIGN =
  /(?:^|\/)(?:node_modules|bower_components|dist|build|out|coverage|vendor|vendored|third[-_]party|\.git|\.next|\.yarn|\.cache)\/|[.-]min\.[cm]?js$|\.bundle\.js$/;
const NOT_PRODUCTION =
  /(?:^|\/)(?:tests?|[\w-]*-tests?|__tests__|__mocks__|__fixtures__|specs?|e2e|integration|fixtures?|mocks?|test-utils|testing|examples?|samples?|bench(?:mark)?s?|docs?)\/|[._-](?:test|spec|e2e|bench|mock)s?\.[cm]?[jt]sx?$/;
const LONGEST_LINE = 5000;

/**
 * @param {{ directory: string, commit?: string, production?: boolean, built?: boolean }} where `built`: `dist` too
 * @returns {{ name: string, code: string }[]} in the order of their names
 */
export function readSources({ directory, commit, production = false, built = false }) {
  const isForeign = (name) => !built && FOREIGN.test(name);
  const isWanted = (name) => SOURCE.test(name) && !isForeign(name) && !(production && NOT_PRODUCTION.test(name));
  const files = commit ? fromGit(directory, commit, isWanted) : fromDisk(directory, isWanted, isForeign);
  return files.filter(({ code }) => !isMinified(code)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * A folder where each file has its `package.json` above it: the directory, or what a commit has of them, until the process ends.
 * @param {{ directory: string, commit?: string }} where
 */
export function packageFolder({ directory, commit }) {
  if (!commit) return directory;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pool-corpus-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const isPackage = (name) => path.posix.basename(name) === 'package.json' && !FOREIGN.test(name);
  for (const { name, code } of fromGit(directory, commit, isPackage)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, code);
  }
  return folder;
}

function fromDisk(directory, isWanted, isForeign) {
  const found = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(path.join(directory, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory() && !isForeign(`${name}/`)) walk(name);
      else if (entry.isFile() && isWanted(name)) found.push(name);
    }
  };
  walk('');
  return found.map((name) => ({ name, code: fs.readFileSync(path.join(directory, name), 'utf8') }));
}

function fromGit(directory, commit, isWanted) {
  const blobs = git(directory, ['ls-tree', '-r', '-z', commit])
    .toString()
    .split('\0')
    .map((line) => /^100\d+ blob (\w+)\t(.*)$/s.exec(line))
    .filter((match) => match && isWanted(match[2]))
    .map(([, id, name]) => ({ id, name }));
  const contents = git(directory, ['cat-file', '--batch'], blobs.map(({ id }) => `${id}\n`).join(''));
  return splitBatch(contents, blobs);
}

/** `<id> blob <size>\n<content>\n` for each, or `<id> missing\n` where a mirror left a large file out. */
function splitBatch(contents, blobs) {
  const files = [];
  let at = 0;
  for (const { name } of blobs) {
    const end = contents.indexOf(10, at);
    const size = /^\w+ blob (\d+)$/.exec(contents.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) continue;
    files.push({ name, code: contents.toString('utf8', at, at + Number(size)) });
    at += Number(size) + 1;
  }
  return files;
}

function git(directory, args, input = '') {
  const { status, stdout, stderr } = spawnSync('git', ['-C', directory, ...args], {
    input,
    maxBuffer: 2 ** 30,
    env: { ...process.env, GIT_NO_LAZY_FETCH: '1' },
  });
  if (status !== 0) throw new Error(`git ${args[0]} failed in ${directory}: ${stderr}`);
  return stdout;
}

/** Lines that nobody wrote. */
function isMinified(code) {
  if (code.length < LONGEST_LINE) return false;
  const lines = code.split('\n');
  return code.length / lines.length > 400 && lines.some((line) => line.length > LONGEST_LINE);
}
