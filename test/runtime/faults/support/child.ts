import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { Mode, Policy } from '../../../../src/policy/policy.ts';
import type { Violation } from '../../../../src/runtime/report.ts';
import { collectImports, readSource } from '../../../support/imports.ts';

/** Programs in a process of their own: for what ends one. */

const root = path.join(import.meta.dirname, '../../../..');

/** The sources as JavaScript, because not every supported Node reads types; kept as long as they stay the same. */
async function compile(): Promise<string> {
  const texts = new Map([...collectReachable('src/runtime/register.ts')].map((name) => [name, readSource(name)]));
  const hash = createHash('sha256')
    .update(JSON.stringify([...texts]))
    .digest('hex')
    .slice(0, 16);
  const cache = path.join(root, '.cache/runtime');
  const folder = path.join(cache, hash);
  if (existsSync(folder)) return folder;
  const { default: ts } = await import('typescript');
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache))
    if (isOld(path.join(cache, old))) rmSync(path.join(cache, old), { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  for (const [name, text] of texts) {
    const file = path.join(own, name.replace(/\.ts$/, '.js'));
    const compilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      rewriteRelativeImportExtensions: true,
    };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, ts.transpileModule(text, { compilerOptions }).outputText);
  }
  try {
    renameSync(own, folder);
  } catch {
    // Another test file was faster.
    rmSync(own, { recursive: true });
  }
  return folder;
}

const DAY_MS = 86_400_000;
const isOld = (file: string): boolean => Date.now() - statSync(file).mtimeMs > DAY_MS;

let compiling: Promise<string> | undefined;

function collectReachable(from: string, found = new Set<string>()): Set<string> {
  if (found.has(from)) return found;
  found.add(from);
  for (const { to, typeOnly } of collectImports(from)) if (!typeOnly && to.endsWith('.ts')) collectReachable(to, found);
  return found;
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the runtime printed. */
  readonly violations: readonly Violation[];
}

export interface Program {
  /** In `fixtures`. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Without `register`: what the driver does alone. */
  readonly mode: Mode | 'plain';
  readonly policy?: Policy;
  readonly env?: Readonly<Record<string, string>>;
}

export async function run({ args = [], env = {}, file, mode, policy = {} }: Program): Promise<Ended> {
  const compiled = await (compiling ??= compile());
  const own = mkdtempSync(path.join(tmpdir(), 'pool-child-'));
  const stated = path.join(own, 'pool-policy.json');
  writeFileSync(stated, JSON.stringify(policy));
  const register = pathToFileURL(path.join(compiled, 'src/runtime/register.js')).href;
  const guard = mode === 'plain' ? [] : ['--import', register];
  const child = spawn(process.execPath, [...guard, path.join(import.meta.dirname, '../fixtures', file), ...args], {
    env: { ...process.env, ...env, POOL_POLICY: stated, POOL_LOG: 'json', POOL_MODE: mode === 'plain' ? '' : mode },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  rmSync(own, { recursive: true });
  return { status, stdout, stderr, violations: violationsIn(stderr) };
}

function violationsIn(lines: string): Violation[] {
  const events = lines.split('\n').filter((line) => line.startsWith('{"type":'));
  return events.map((line) => JSON.parse(line) as Violation).filter(({ type }) => type === 'violation');
}

/** Where a fixture says `mark`: the line that a report should name. */
export function lineOf(file: string, mark: string): string {
  const name = path.join(import.meta.dirname, '../fixtures', file);
  const line = readFileSync(name, 'utf8')
    .split('\n')
    .findIndex((each) => each.includes(mark));
  return `${path.relative(root, name)}:${line + 1}:`;
}
