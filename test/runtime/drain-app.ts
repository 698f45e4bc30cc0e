import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { DrainResult } from '../../src/runtime/drain.ts';
import type { PostgresServer } from '../support/postgres.ts';

/** A service in a process of its own, its clients, and what they saw when it was told to end. */

const project = path.join(import.meta.dirname, '../..');

/** The runtime as JavaScript, for processes without vitest. Removed by `remove`. */
export function buildRuntime(): { readonly url: string; readonly remove: () => void } {
  const folder = path.join(project, '.cache', `runtime-${process.pid}`);
  compile(path.join(project, 'src'), path.join(folder, 'src'));
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  const url = pathToFileURL(path.join(folder, 'src/runtime/index.js')).href;
  return { url, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

function compile(from: string, to: string): void {
  const files = fs.readdirSync(from, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const text = fs.readFileSync(path.join(from, file), 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions: options });
    const target = path.join(to, file.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, outputText);
  }
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

const app = path.join(import.meta.dirname, 'fixtures/drain/app.mjs');
const lines = fs.readFileSync(app, 'utf8').split('\n');

/** The line of the service that takes a connection and keeps it. */
export const LEAK = `drain/app.mjs:${lines.findIndex((line) => line.includes('function loseOne')) + 2}:`;

export interface Ended {
  readonly code: number | null;
  readonly tookMs: number;
  readonly result: DrainResult | undefined;
  readonly stderr: string;
  /** Requests by what came of them: a status, the code of an error. */
  readonly seen: Readonly<Record<string, number>>;
}

const CLIENTS = 20;
const BEFORE = 200;

/** SIGTERM while 20 clients ask, each on one connection that it keeps. It is killed if it runs on for so long. */
export async function endUnderLoad(
  argv: readonly string[],
  runtime: string,
  server: PostgresServer,
  patienceMs = 10_000,
): Promise<Ended> {
  const { host, port, user, database } = server;
  const child = fork(app, argv, {
    cwd: project,
    env: { ...process.env, RUNTIME: runtime, SERVER: JSON.stringify({ host, port, user, database }) },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: [],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  let result: DrainResult | undefined;
  child.on('message', (message: { result?: DrainResult }) => (result ??= message.result));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [ready] = (await Promise.race([once(child, 'message'), exited.then(() => [])])) as [{ port: number }?];
  if (!ready) throw new Error(stderr);
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const load = startLoad(ready.port);
  await load.warm;
  const start = performance.now();
  child.kill('SIGTERM');
  const timer = setTimeout(end, patienceMs);
  const [code] = await exited;
  const tookMs = performance.now() - start;
  clearTimeout(timer);
  process.off('exit', end);
  await load.over;
  return { code, tookMs, result, stderr, seen: load.seen };
}

/** Each client asks until nobody accepts its connection any more. */
function startLoad(port: number): { warm: Promise<void>; over: Promise<unknown>; seen: Record<string, number> } {
  const seen: Record<string, number> = {};
  let count = 0;
  let warm = (): void => {};
  const isWarm = new Promise<void>((resolve) => (warm = resolve));
  const client = async (): Promise<void> => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let what = ''; what !== 'ECONNREFUSED';) {
      what = await ask(port, agent);
      seen[what] = (seen[what] ?? 0) + 1;
      count += 1;
      if (count === BEFORE) warm();
    }
    agent.destroy();
  };
  return { seen, warm: isWarm, over: Promise.all(Array.from({ length: CLIENTS }, client)) };
}

function ask(port: number, agent: http.Agent): Promise<string> {
  return new Promise((resolve) => {
    const request = http.get({ port, host: '127.0.0.1', agent }, (response) => {
      response.resume().on('end', () => resolve(String(response.statusCode)));
      response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
