import ts from 'typescript';
import { diagnosticsOf, textOf } from '../../support/typecheck.ts';

/** What TypeScript, in strict mode, says of many modules at once: against small declarations of the drivers. */

const DRIVERS = `
declare const process: { env: Record<string, string | undefined> };
declare const console: { error(...values: unknown[]): void; log(...values: unknown[]): void };
declare function require(name: string): any;
interface Input { readonly flag: boolean; readonly kind: string; readonly items: readonly string[]; readonly bad: boolean }
declare module 'express' {
  function express(): express.Express;
  namespace express {
    interface Request { body: Input }
    interface Response { json(value: unknown): this }
    interface Express { get(path: string, handler: (req: Request, res: Response) => unknown): void }
  }
  export = express;
}
declare module 'fastify' {
  function fastify(): fastify.App;
  namespace fastify {
    interface App { get(path: string, handler: (request: { body: Input }, reply: unknown) => unknown): void }
  }
  export = fastify;
}
declare module 'aws-lambda' { export type Handler<E = any, R = any> = (event: E, context: unknown, callback: unknown) => void | Promise<R> }
declare module 'pg' {
  export * from 'inner/pg';
  import * as all from 'inner/pg';
  export default all;
}
declare module 'inner/pg' {
  interface QueryResult { rows: any[]; rowCount: number | null }
  interface Statement { text: string; values?: unknown[] }
  interface ClientConfig {
    host?: string; connectionString?: string; application_name?: string; connectionTimeoutMillis?: number
  }
  interface PoolConfig extends ClientConfig { max?: number }
  class ClientBase {
    query(text: string | Statement, values?: unknown[]): Promise<QueryResult>;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  class Client extends ClientBase {
    constructor(config?: string | ClientConfig);
    connect(): Promise<void>;
    end(): Promise<void>;
  }
  interface PoolClient extends ClientBase { release(error?: Error | boolean): void }
  class Pool {
    constructor(config?: PoolConfig);
    connect(): Promise<PoolClient>;
    query(text: string | Statement, values?: unknown[]): Promise<QueryResult>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error, client: PoolClient) => void): this;
    on(event: 'acquire' | 'connect' | 'remove', listener: (client: PoolClient) => void): this;
  }
  export { Pool, Client, PoolClient, PoolConfig, ClientConfig, QueryResult };
}
declare module 'mysql2/promise' {
  export * from 'inner/mysql2/promise';
  import * as all from 'inner/mysql2/promise';
  export default all;
}
declare module 'inner/mysql2/promise' {
  interface ConnectionOptions { host?: string; uri?: string; database?: string }
  interface PoolOptions extends ConnectionOptions { connectionLimit?: number }
  interface Statements {
    query(sql: string, values?: unknown[]): Promise<[any[], any[]]>;
    execute(sql: string, values?: unknown[]): Promise<[any[], any[]]>;
  }
  interface Connection extends Statements {
    beginTransaction(): Promise<void>; commit(): Promise<void>; rollback(): Promise<void>;
    connect(): Promise<void>; end(): Promise<void>; destroy(): void;
  }
  interface PoolConnection extends Connection { release(): void }
  interface Pool extends Statements { getConnection(): Promise<PoolConnection>; end(): Promise<void> }
  function createPool(uri: string): Pool;
  function createPool(options: PoolOptions): Pool;
  function createConnection(uri: string): Promise<Connection>;
  function createConnection(options: ConnectionOptions): Promise<Connection>;
  export { createPool, createConnection, Connection, Pool, PoolConnection };
}
declare module 'ioredis' {
  interface RedisOptions { host?: string }
  class Redis {
    constructor(url: string, options?: RedisOptions);
    constructor(options?: RedisOptions);
    get(key: string): Promise<string | null>;
    set(key: string, value: string): Promise<'OK'>;
    del(key: string): Promise<number>;
    select(index: number): Promise<'OK'>;
    subscribe(channel: string): Promise<unknown>;
    quit(): Promise<'OK'>;
    disconnect(): void;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  export { Redis };
  export default Redis;
}
declare module 'redis' {
  interface RedisClientType<M = {}, F = {}> {
    connect(): Promise<this>;
    get(key: string): Promise<string | null>;
    set(key: string, value: string): Promise<string | null>;
    del(key: string): Promise<number>;
    select(index: number): Promise<void>;
    subscribe(channel: string): Promise<void>;
    close(): Promise<void>;
    quit(): Promise<string>;
    on(event: 'error', listener: (error: Error) => void): this;
    modules: M; functions: F;
  }
  export function createClient<M = {}, F = {}>(options?: { url?: string; modules?: M; functions?: F }): RedisClientType<M, F>;
  export { RedisClientType };
}
declare module 'mongodb' {
  interface Document { [key: string]: any }
  interface Collection<T extends Document = Document> {
    findOne(filter: object): Promise<T | null>;
    insertOne(one: object): Promise<{ value?: string }>;
  }
  class Db { collection<T extends Document = Document>(name: string): Collection<T> }
  class MongoClient {
    constructor(url: string, options?: object);
    connect(): Promise<this>;
    db(name?: string): Db;
    close(): Promise<void>;
  }
  export { MongoClient, Db };
}
declare module '@prisma/client' {
  interface Options { datasourceUrl?: string; log?: string[] }
  export class PrismaClient<O extends Options = Options, L = O extends { log: infer K } ? K : never> {
    constructor(options?: O);
    user: { findMany(filter: object): Promise<{ value: string; log?: L }[]>; create(one: object): Promise<{ value: string }[]> };
    $connect(): Promise<void>;
    $disconnect(): Promise<void>;
  }
}
declare module 'axios' {
  const axios: { get(url: string, options: { httpsAgent?: unknown }): Promise<{ data: any }> };
  export = axios;
}
declare module 'node:https' { export class Agent { constructor(options?: { keepAlive?: boolean; host?: string; maxSockets?: number }); destroy(): void } }
declare module 'https' { export { Agent } from 'node:https' }
`;

const OWN: Readonly<Record<string, string>> = {
  '/drivers.d.ts': DRIVERS,
  '/config.ts': "export const config = { host: 'from-config' };\nexport const HOST = 'imported-host';\n",
  '/names.ts': "export const pool = 'a name';\nexport const makeHost = (): string => 'host';\n",
  '/helpers.ts': `export declare function check(label: string): string;
export declare function notify(label: string): Promise<string>;
export declare function log(label: string): void;
export declare function borrow<T>(client: { query(text: string): T }, text: string): Promise<Awaited<T>>;
`,
};

const options: ts.CompilerOptions = {
  strict: true,
  useUnknownInCatchVariables: false,
  esModuleInterop: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts'],
  types: [],
  allowJs: true,
  checkJs: true,
  noEmit: true,
};

/** One list of errors for each module; a name's ending says its language. */
export function typeErrors(modules: readonly (readonly [language: string, code: string])[]): string[][] {
  const own = modules.map(([language, code], index) => [`/m${index}.${language}`, code] as const);
  const found = diagnosticsOf(new Map([...Object.entries(OWN), ...own]), options);
  return own.map(([name]) => (found.get(name) ?? []).map(textOf));
}
