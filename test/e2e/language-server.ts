import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The part of an editor that talks to the ESLint language server: JSON-RPC over its standard streams. The server is the
 * one of VS Code's extension. It lints when it is asked to, which editors do after each change.
 */

interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Diagnostic {
  readonly range: Range;
  /** 1: error. */
  readonly severity: number;
  /** The rule; none where the file does not parse. */
  readonly code?: string;
  readonly codeDescription?: { readonly href: string };
  readonly source: string;
  readonly message: string;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

interface WorkspaceEdit {
  readonly documentChanges: readonly { readonly edits: readonly TextEdit[] }[];
}

/** What the lightbulb or a save offers: the edit itself, or a command that sends it. */
export interface CodeAction {
  readonly title: string;
  readonly edit?: WorkspaceEdit;
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** The settings of VS Code's extension when nobody changed one, as its package.json declares them. */
const defaults = {
  validate: 'probe',
  packageManager: 'npm',
  useESLintClass: true,
  experimental: { useFlatConfig: false },
  codeAction: {
    disableRuleComment: { enable: true, location: 'separateLine', commentStyle: 'line' },
    showDocumentation: { enable: true },
  },
  codeActionOnSave: { mode: 'all' },
  format: false,
  quiet: false,
  onIgnoredFiles: 'off',
  options: {},
  rulesCustomizations: [],
  run: 'onType',
  problems: { shortenToSingleLine: false },
  nodePath: null,
};

const capabilities = {
  workspace: { configuration: true, applyEdit: true, workspaceEdit: { documentChanges: true } },
  textDocument: {
    diagnostic: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
  },
};

const languages: Readonly<Record<string, string>> = {
  '.js': 'javascript',
  '.jsx': 'javascriptreact',
  '.ts': 'typescript',
  '.tsx': 'typescriptreact',
};

export class LanguageServer {
  /** What it logged as an error, printed, or showed as its state; also that it ended before it was told to. */
  readonly errors: string[] = [];
  /** Messages of our rules and titles of what was offered. */
  readonly shown = new Set<string>();
  readonly folder: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #open: OpenFile[] = [];
  readonly #pending = new Map<number, Pending>();
  #bytes = Buffer.alloc(0);
  #id = 0;
  #applied: WorkspaceEdit | undefined;

  constructor(script: string, folder: string) {
    this.folder = folder;
    this.#child = spawn(process.execPath, [script, '--stdio'], { cwd: folder });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => this.errors.push(String(chunk)));
    this.#child.on('exit', (code, signal) => this.#fail(new Error(`The server ended: ${code ?? signal}`)));
  }

  async initialize(): Promise<void> {
    const workspaceFolders = [this.#workspace()];
    await this.request('initialize', { processId: process.pid, capabilities, workspaceFolders });
    this.notify('initialized', {});
  }

  /** Opens a file of the folder, with another text than the one on disk when it is given. */
  open(name: string, text = fs.readFileSync(path.join(this.folder, name), 'utf8')): OpenFile {
    const file = new OpenFile(this, name, text);
    this.#open.push(file);
    return file;
  }

  closeAll(): void {
    for (const file of this.#open.splice(0)) file.close();
  }

  async run({ command, arguments: args }: NonNullable<CodeAction['command']>): Promise<WorkspaceEdit | undefined> {
    this.#applied = undefined;
    await this.request('workspace/executeCommand', { command, arguments: args });
    return this.#applied;
  }

  async stop(): Promise<void> {
    await this.request('shutdown', null);
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.notify('exit', null);
    await ended;
  }

  request<Result>(method: string, params: unknown): Promise<Result> {
    const id = (this.#id += 1);
    return new Promise<Result>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #workspace(): { readonly uri: string; readonly name: string } {
    return { uri: pathToFileURL(this.folder).href, name: path.basename(this.folder) };
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (;;) {
      const start = this.#bytes.indexOf('\r\n\r\n') + 4;
      const length = Number(/Content-Length: (\d+)/.exec(this.#bytes.toString('latin1', 0, start))?.[1]);
      if (start < 4 || this.#bytes.length < start + length) return;
      const body = this.#bytes.toString('utf8', start, start + length);
      this.#bytes = this.#bytes.subarray(start + length);
      this.#receive(JSON.parse(body) as Message);
    }
  }

  #receive({ id, method, params, result, error }: Message): void {
    if (id === undefined) return this.#note(method, params);
    if (method !== undefined) return this.#send({ id, result: this.#answer(method, params) });
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) pending?.reject(new Error(error.message));
    else pending?.resolve(result as never);
  }

  #answer(method: string, params: unknown): unknown {
    if (method === 'workspace/configuration') {
      const { items } = params as { items: readonly unknown[] };
      return items.map(() => ({ ...defaults, workspaceFolder: this.#workspace() }));
    }
    if (method !== 'workspace/applyEdit') return null;
    this.#applied = (params as { edit: WorkspaceEdit }).edit;
    return { applied: true };
  }

  #note(method: string | undefined, params: unknown): void {
    const { type, message, state } = params as { type?: number; message?: string; state?: number };
    if (method === 'window/logMessage' && type === 1) this.errors.push(message ?? '');
    // Other states are a warning or an error in the status bar (shared/customMessages.js).
    if (method === 'eslint/status' && state !== 1) this.errors.push(`state ${state}`);
    if (method === 'eslint/exitCalled') this.errors.push('process.exit was called');
  }

  #fail(error: Error): void {
    if (this.#pending.size > 0) this.errors.push(error.message);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** A file in the editor; what is on disk stays as it is. */
export class OpenFile {
  text: string;
  readonly #server: LanguageServer;
  readonly #uri: string;
  #version = 1;

  constructor(server: LanguageServer, name: string, text: string) {
    this.text = text;
    this.#server = server;
    this.#uri = pathToFileURL(path.join(server.folder, name)).href;
    const languageId = languages[path.extname(name)];
    const textDocument = { uri: this.#uri, languageId, version: this.#version, text };
    server.notify('textDocument/didOpen', { textDocument });
  }

  close(): void {
    this.#server.notify('textDocument/didClose', { textDocument: { uri: this.#uri } });
  }

  replace(text: string): void {
    this.text = text;
    this.#change([{ text }]);
  }

  /** What a keystroke sends: the place and the new text there. */
  insert(offset: number, newText: string): void {
    const before = this.text.slice(0, offset).split('\n');
    const at = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    this.text = this.text.slice(0, offset) + newText + this.text.slice(offset);
    this.#change([{ range: { start: at, end: at }, text: newText }]);
  }

  async diagnose(): Promise<Diagnostic[]> {
    const textDocument = { uri: this.#uri };
    const { items } = await this.#server.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument });
    for (const { code, message } of items) if (code?.startsWith('pool/')) this.#server.shown.add(message);
    return items;
  }

  /** What the lightbulb offers at these reports; not what it offers for every rule: to disable it, to open its page. */
  async offers(diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
    const actions = await this.#listActions(diagnostics);
    const own = actions.filter(({ title }) => !/^(?:Disable|Show documentation for) /.test(title));
    for (const { title } of own) this.#server.shown.add(title);
    return own;
  }

  /** What is done at a save. */
  async fixAll(): Promise<void> {
    const [action] = await this.#listActions([], 'source.fixAll.eslint');
    if (action) await this.pick(action);
  }

  /** The action as if the user had chosen it. */
  async pick({ edit, command }: CodeAction): Promise<void> {
    const chosen = command ? await this.#server.run(command) : edit;
    const edits = chosen?.documentChanges.flatMap((change) => change.edits) ?? [];
    this.replace(applyEdits(this.text, edits));
  }

  #listActions(diagnostics: readonly Diagnostic[], only?: string): Promise<CodeAction[]> {
    const start = { line: 0, character: 0 };
    const range = diagnostics[0]?.range ?? { start, end: start };
    const context = { diagnostics, ...(only && { only: [only] }) };
    return this.#server.request('textDocument/codeAction', { textDocument: { uri: this.#uri }, range, context });
  }

  #change(contentChanges: readonly object[]): void {
    this.#version += 1;
    const textDocument = { uri: this.#uri, version: this.#version };
    this.#server.notify('textDocument/didChange', { textDocument, contentChanges });
  }
}

/** Places count in the text as it was before the first edit. */
function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offsetOf = ({ line, character }: Position): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return edits
    .map(({ range, newText }) => ({ start: offsetOf(range.start), end: offsetOf(range.end), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}

/** The piece of the text that a range names. */
export function textAt(text: string, { start, end }: Range): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = (lines.pop() ?? '').slice(0, end.character);
  return [...lines, last].join('\n').slice(start.character);
}
