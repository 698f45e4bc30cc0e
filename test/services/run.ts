import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ts from 'typescript';
import type { Database } from './databases.ts';

/** Inside the project, so that the services find their packages; git does not see it. */
const cache = path.join(import.meta.dirname, '../../.cache/services');
const START_LIMIT_MS = 20_000;
const CONCURRENCY = 20;

/** A program: its files by their paths, and the one that starts it. */
export interface Program {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  /** Its `.env`. What stands there is not in the environment of the process. */
  readonly dotenv?: readonly string[];
}

export interface Run {
  /** Status and body of each answer, in the order of the requests. */
  readonly answers: readonly string[];
  /** Connections that the program opened. */
  readonly sessions: number;
  /** How many were open after the last answer. */
  readonly open: number;
}

/** Sends the requests to the program, ends it, and counts its connections. Throws when one stays open. */
export async function run(program: Program, database: Database, requests: readonly string[]): Promise<Run> {
  const { answers, open } = await serve(program, database, async (origin) => {
    return { answers: await ask(origin, requests), open: await database.countOpen() };
  });
  return { answers, open, sessions: await database.countSessions() };
}

/** What the program answers before and after the server cut its idle connections. */
export function runAcrossCut(program: Program, database: Database, request: string): Promise<string[]> {
  return serve(program, database, async (origin) => {
    const before = await ask(origin, [request]);
    await database.cut();
    // Time for the program to hear of it.
    await sleep(100);
    return [...before, ...(await ask(origin, [request]))];
  });
}

/** Starts the program and ends it after use. */
async function serve<T>(program: Program, database: Database, use: (origin: string) => Promise<T>): Promise<T> {
  const folder = write(program, database.environment);
  const port = await findFreePort();
  const server = start(program, folder, { ...database.environment, PORT: String(port) });
  try {
    await waitUntilListening(port, server);
    return await use(`http://127.0.0.1:${port}`);
  } catch (error) {
    throw new Error(`${program.name}: ${server.output()}`, { cause: error });
  } finally {
    await server.end();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function write({ name, files, dotenv = [] }: Program, environment: Database['environment']): string {
  fs.mkdirSync(cache, { recursive: true });
  const folder = fs.mkdtempSync(path.join(cache, `${name}-`));
  const serve = fs.readFileSync(path.join(import.meta.dirname, 'serve.ts'), 'utf8');
  for (const [file, code] of Object.entries({ ...files, 'serve.ts': serve })) {
    const place = path.join(folder, file.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, ts.transpileModule(code, { fileName: file, compilerOptions }).outputText);
  }
  fs.writeFileSync(path.join(folder, '.env'), dotenv.map((key) => `${key}=${environment[key]}\n`).join(''));
  return folder;
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  experimentalDecorators: true,
};

interface Server {
  /** What it wrote, for the error when it does not start. */
  readonly output: () => string;
  readonly hasEnded: () => boolean;
  readonly end: () => Promise<void>;
}

function start({ entry, dotenv = [] }: Program, folder: string, environment: Record<string, string>): Server {
  const given = Object.fromEntries(Object.entries(environment).filter(([key]) => !dotenv.includes(key)));
  const child = spawn(process.execPath, ['serve.js', `./${entry.replace(/\.ts$/, '.js')}`], {
    cwd: folder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...given },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  child.stderr.on('data', (data: Buffer) => (text += data.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = (): Promise<void> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { output: () => text, hasEnded: () => child.exitCode !== null || child.signalCode !== null, end };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitUntilListening(port: number, server: Server): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await accepts(port))) {
    if (server.hasEnded() || Date.now() > deadline) throw new Error('The service does not start.');
    await sleep(25);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** A few requests at a time, as a small service has them. */
async function ask(origin: string, requests: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  const waiting = [...requests.entries()];
  const askNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, request] = next;
      const response = await fetch(origin + request);
      answers[index] = `${response.status} ${await response.text()}`;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, askNext));
  return answers;
}
