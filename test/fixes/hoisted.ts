import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import ts from 'typescript';
import type { TSESLint } from '@typescript-eslint/utils';
import { fileFacts } from '../../src/analysis/index.ts';
import type { Creation } from '../../src/analysis/index.ts';
import type { Repair } from '../../src/fixes/repair.ts';
import { offer } from '../../src/fixes/repair.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
export type Repairer = (context: Context, creation: Creation) => Repair | undefined;

const messages = { found: 'found', hoist: 'hoist', keepOnGlobal: 'keep', addErrorListener: 'listen' };

/** A rule that reports what `isMeant` says, with one repair. */
function configOf(repair: Repairer, isMeant: (creation: Creation) => boolean): Linter.Config {
  const create = (own: Rule.RuleContext): Rule.RuleListener => ({
    Program() {
      const context = own as unknown as Context;
      for (const creation of fileFacts(context).creations.filter(isMeant)) {
        const given = offer([repair(context, creation)], {});
        own.report({ node: creation.site, messageId: 'found', ...given } as unknown as Rule.ReportDescriptor);
      }
    },
  });
  const rule = { meta: { fixable: 'code', hasSuggestions: true, schema: [], messages }, create } as Rule.RuleModule;
  return {
    files: ['**/*.{js,ts,tsx}'],
    languageOptions: { parser },
    plugins: { t: { rules: { t: rule } } },
    rules: { 't/t': 'error' },
  };
}

const isRepeated = ({ repeats }: Creation): boolean => repeats !== undefined;
const linter = new Linter();

/** The text after all rounds of `--fix`, and how many findings it left. */
export function hoisted(
  code: string,
  repair: Repairer,
  filename = 'file.ts',
  isMeant = isRepeated,
): { output: string; left: number } {
  const result = linter.verifyAndFix(code, configOf(repair, isMeant), filename);
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal) throw new SyntaxError(`${fatal.message}\n${result.output}`);
  return { output: result.output, left: result.messages.length };
}

/** The text that the first suggestion writes. */
export function suggestion(code: string, repair: Repairer, filename: string, isMeant = isRepeated): string | undefined {
  const found = linter.verify(code, configOf(repair, isMeant), filename).flatMap((one) => one.suggestions ?? []);
  const [first] = found;
  return first && code.slice(0, first.fix.range[0]) + first.fix.text + code.slice(first.fix.range[1]);
}

/** Drivers as far as the cases use them: classes, overloads and generic factories are as in the packages. */
const AMBIENT = `
interface FormData { get(name: string): unknown }
declare const console: { error(value: unknown): void };
declare const process: { env: Record<string, string | undefined> };
declare module 'express' {
  interface Response { json(value: unknown): void; on(event: string, listener: () => void): void }
  interface Request { query: Record<string, string> }
  interface App { get(path: string, handler: (req: Request, res: Response) => unknown): void }
  export default function express(): App;
}
declare module 'pg' {
  export class Pool {
    constructor(options?: { connectionString?: string; host?: string; max?: number });
    query(text: string): Promise<{ rows: unknown[] }>;
    connect(): Promise<{ query(text: string): Promise<unknown>; release(): void }>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'connect', listener: (client: { on(event: 'error', listener: (error: Error) => void): unknown }) => void): this;
  }
  const PG: { Pool: typeof Pool };
  export default PG;
}
declare module '@prisma/client' {
  export class PrismaClient<Options extends { adapter?: unknown; log?: string[] } = { adapter?: unknown; log?: string[] }, Events = Options extends { log: infer Log } ? Log : never> {
    constructor(options?: Options);
    user: { findMany(): Promise<{ id: number; events: Events }[]> };
    $connect(): Promise<void>;
    $disconnect(): Promise<void>;
  }
}
declare module '@prisma/adapter-pg' { export class PrismaPg { constructor(pool: unknown) } }
declare module 'postgres' {
  interface Sql<Types extends Record<string, unknown> = {}> {
    (text: TemplateStringsArray, ...values: unknown[]): Promise<{ id: number }[]>;
    end(options?: { timeout?: number }): Promise<void>;
    types: Types;
  }
  export default function postgres<Types extends Record<string, unknown> = {}>(url?: string, options?: { types?: Types; max?: number }): Sql<Types>;
}
declare module 'mysql2/promise' {
  interface Pool { query(sql: string): Promise<[unknown[], unknown]>; end(): Promise<void> }
  export function createPool(uri: string): Pool;
  export function createPool(options: { uri?: string; host?: string }): Pool;
}
declare module 'mongodb' {
  interface Collection { find(): { toArray(): Promise<unknown[]> } }
  export class MongoClient {
    constructor(url: string);
    connect(): Promise<this>;
    db(name?: string): { collection(name: string): Collection };
    close(): Promise<void>;
  }
}
declare module 'drizzle-orm/node-postgres' {
  import type { Pool } from 'pg';
  export function drizzle<Schema extends Record<string, unknown>>(client: Pool, options?: { schema: Schema }): { query: Schema; execute(text: string): Promise<unknown[]> };
}
declare module 'axios' {
  const axios: { get(url: string, options?: { httpsAgent?: unknown; timeout?: number }): Promise<{ data: unknown }> };
  export default axios;
}
declare module 'node:https' {
  export class Agent { constructor(options?: { keepAlive?: boolean; rejectUnauthorized?: boolean }); destroy(): void }
  const HTTPS: { Agent: typeof Agent };
  export default HTTPS;
}
declare module 'next/server' { export const NextResponse: { json(value: unknown): unknown } }
declare module 'https-proxy-agent' {
  export class HttpsProxyAgent<Uri extends string> { constructor(proxy: Uri, options?: { keepAlive?: boolean }); proxy: Uri }
}
declare module 'kysely' {
  export class PostgresDialect { constructor(options: { pool: unknown }) }
  export class Kysely<Database> {
    constructor(options: { dialect: PostgresDialect });
    selectFrom<Table extends keyof Database>(table: Table): { selectAll(): { execute(): Promise<Database[Table][]> } };
    destroy(): Promise<void>;
  }
}
declare module 'ioredis' {
  export default class Redis { constructor(url: string); get(key: string): Promise<string | null>; quit(): Promise<'OK'> }
}
declare module 'metrics' { export const pool: { size: number } }
declare module 'config' { export const config: { database: { host: string } } }
`;

const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts'],
  types: [],
  noEmit: true,
};

/** What TypeScript, in strict mode, says of each file by itself. */
export function typeErrors(codes: readonly string[]): string[][] {
  const own = codes.map((code, index) => [`/file${index}.ts`, code] as const);
  const texts: Record<string, string> = { ...Object.fromEntries(own), '/drivers.d.ts': AMBIENT };
  const host = ts.createCompilerHost(options);
  const getSourceFile = (name: string): ts.SourceFile | undefined => {
    const text = texts[name];
    if (text === undefined) return host.getSourceFile(name, ts.ScriptTarget.ES2022);
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  };
  const fileExists = (name: string): boolean => name in texts || host.fileExists(name);
  const program = ts.createProgram(Object.keys(texts), options, { ...host, getSourceFile, fileExists });
  const print = ({ messageText }: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(messageText, ' ');
  const global = [...program.getGlobalDiagnostics(), ...program.getOptionsDiagnostics()].map(print);
  return own.map(([name]) => {
    const file = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return [...global, ...found.map(print)];
  });
}
