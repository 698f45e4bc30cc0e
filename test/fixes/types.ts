import ts from 'typescript';
import { diagnosticsOf, textOf } from '../support/typecheck.ts';

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
  const found = diagnosticsOf(new Map([...own, ['/drivers.d.ts', AMBIENT]]), options);
  return own.map(([name]) => (found.get(name) ?? []).map(textOf));
}
