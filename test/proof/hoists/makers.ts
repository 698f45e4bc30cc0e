import { query, type Scope } from '../generate/scope.ts';
import { statements, transaction, work } from '../generate/statements.ts';
import { block, chainOf, type Piece } from '../generate/text.ts';
import { keyStatements, type Command } from './keys.ts';
import { importMaker, type Site } from './scope.ts';

/** Something that is built for a call, used, and ended. */
export interface Made {
  /** `new Pool({ host: 'db' })`, `await createConnection('db')`. */
  readonly build: string;
  /** The name of its type, for annotations. */
  readonly type: string | undefined;
  readonly open: readonly string[];
  readonly end: string;
  readonly before: readonly string[];
  readonly work: (scope: Scope) => Piece[];
  /** One call, for forms without a name: `.query('SELECT 1')`. */
  readonly single: string;
}

type Options = (value: string) => string;
type Maker = (site: Site, value: string) => Omit<Made, 'before'>;

function pick(site: Site, ...forms: readonly Options[]): Options {
  return site.scope.random.pick(forms);
}

const pgOptions = (site: Site): Options =>
  pick(
    site,
    (value) => `{ host: ${value} }`,
    (value) => `{ connectionString: ${value} }`,
    (value) => `{ host: ${value}, application_name: 'app' }`,
    (value) => `{\n    host: ${value}, // the host\n  }`,
  );

function pgPool(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, 'pg', 'Pool', 'pg');
  const options = pick(site, pgOptions(site), pgOptions(site), (one) => `{ host: ${one}, max: 2 }`)(value);
  return {
    build: `new ${maker}(${options})`,
    type: maker,
    open: [],
    end: 'await NAME.end()',
    work: (scope) => poolWork(site, scope, 'connect'),
    single: ".query('SELECT 1')",
  };
}

function mysqlPool(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, 'mysql2/promise', 'createPool', 'mysql');
  const options = pick(
    site,
    (one) => `{ host: ${one} }`,
    (one) => `{ uri: ${one}, connectionLimit: 3 }`,
  )(value);
  return {
    build: `${maker}(${options})`,
    type: maker === 'createPool' ? undefined : 'mysql.Pool',
    open: [],
    end: 'await NAME.end()',
    work: (scope) => poolWork(site, scope, 'getConnection'),
    single: ".query('SELECT 1')",
  };
}

/** Statements through the pool, and checkouts that come back or (for the other rule to mend) may not. */
function poolWork(site: Site, scope: Scope, checkout: string): Piece[] {
  const { random } = scope;
  if (random.chance(0.08)) {
    return [...sessionStatement(site, scope), `await ${query(scope)}`];
  }
  if (random.chance(0.65)) return [`await ${query(scope)}`, ...statements({ ...scope, depth: scope.depth + 1 }, 0, 2)];
  const client = `lent${scope.number()}`;
  const lent = { ...scope, client, leave: [], results: [], depth: scope.depth + 1 };
  const take = `const ${client} = await ${scope.client}.${checkout}()`;
  const body = random.chance(0.5) ? transaction(lent) : statements(lent, 1, 2);
  if (random.chance(0.6)) return [take, chainOf(['try {', body], ['} finally {', [`${client}.release()`]])];
  return [take, `await ${query(lent)}`, `${client}.release()`];
}

function sessionStatement(site: Site, scope: Scope): Piece[] {
  const { random, client, dialect } = scope;
  const pg = ["SET app.user = 'x'", 'LISTEN changes', 'CREATE TEMP TABLE t (a int)', 'SELECT pg_advisory_lock(7)'];
  const text = random.pick(
    dialect === 'pg' ? pg : ["SET time_zone = 'x'", 'USE other', 'CREATE TEMPORARY TABLE t (a int)'],
  );
  site.unsound.add(`session: ${text.split(' ')[0]}`);
  return [`await ${client}.query("${text}")`];
}

function connectionWork(site: Site, scope: Scope): Piece[] {
  const { random } = scope;
  if (random.chance(0.1)) return [...sessionStatement(site, scope), ...work(scope)];
  if (random.chance(0.35)) return [`const only = await ${query(scope)}`, ...remember(scope, 'only')];
  return work(scope);
}

function remember(scope: Scope, name: string): Piece[] {
  scope.results.push(scope.dialect === 'pg' ? `${name}.rows[0].value` : `${name}[0][0].value`);
  return [];
}

function pgClient(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, 'pg', 'Client', 'pg');
  const options = pick(site, pgOptions(site), pgOptions(site), (one) => one)(value);
  return {
    build: `new ${maker}(${options})`,
    type: maker,
    open: ['await NAME.connect()'],
    end: 'await NAME.end()',
    work: (scope) => connectionWork(site, scope),
    single: '',
  };
}

function mysqlConnection(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, 'mysql2/promise', 'createConnection', 'mysql');
  const options = pick(
    site,
    (one) => `{ host: ${one} }`,
    (one) => one,
  )(value);
  return {
    build: `await ${maker}(${options})`,
    type: maker === 'createConnection' ? undefined : 'mysql.Connection',
    open: [],
    end: 'await NAME.end()',
    work: (scope) => connectionWork(site, scope),
    single: '',
  };
}

const redisCommands: readonly Command[] = [(n) => `get('k${n}')`, (n) => `set('k${n}', 'v')`, (n) => `del('k${n}')`];

function redisWork(site: Site, scope: Scope): Piece[] {
  const { random, client } = scope;
  const kept = random.chance(0.1);
  if (kept) site.unsound.add('session: redis');
  const first = kept ? [`await ${client}.${random.pick(['select(2)', "subscribe('news')"])}`] : [];
  return [...first, ...keyStatements(scope, redisCommands)];
}

function ioredis(site: Site, value: string): Omit<Made, 'before'> {
  const { language, imports } = site;
  imports.add(language === 'cjs' ? "const Redis = require('ioredis')" : "import Redis from 'ioredis'");
  return {
    build: `new Redis(${value})`,
    type: 'Redis',
    open: [],
    end: site.scope.random.pick(['await NAME.quit()', 'NAME.disconnect()']),
    work: (scope) => redisWork(site, scope),
    single: ".get('single')",
  };
}

function redis(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, 'redis', 'createClient', undefined);
  const listen = site.scope.random.chance(0.5) ? ["NAME.on('error', (error) => console.error(error))"] : [];
  return {
    build: `${maker}({ url: ${value} })`,
    type: undefined,
    open: [...listen, 'await NAME.connect()'],
    end: site.scope.random.pick(['await NAME.quit()', 'await NAME.close()']),
    work: (scope) => redisWork(site, scope),
    single: '',
  };
}

const mongoCommands: readonly Command[] = [
  (n) => `db('app').collection('c').findOne({ n: ${n} })`,
  (n) => `db().collection('c').insertOne({ n: ${n} })`,
];

function mongo(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, 'mongodb', 'MongoClient', undefined);
  return {
    build: `new ${maker}(${value})`,
    type: maker,
    open: site.scope.random.chance(0.6) ? ['await NAME.connect()'] : [],
    end: 'await NAME.close()',
    work: (scope) => keyStatements(scope, mongoCommands),
    single: ".db().collection('c').findOne({ n: 0 })",
  };
}

const prismaCommands: readonly Command[] = [
  (n) => `user.findMany({ where: { id: ${n} } })`,
  (n) => `user.create({ data: { id: ${n} } })`,
];

function prisma(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, '@prisma/client', 'PrismaClient', undefined);
  const options = site.scope.random.chance(0.5) ? '' : `{ datasourceUrl: ${value} }`;
  if (options === '') site.unsound.clear();
  return {
    build: `new ${maker}(${options})`,
    type: maker,
    open: site.scope.random.chance(0.2) ? ['await NAME.$connect()'] : [],
    end: 'await NAME.$disconnect()',
    work: (scope) => keyStatements(scope, prismaCommands),
    single: '.user.findMany({})',
  };
}

function agent(site: Site, value: string): Omit<Made, 'before'> {
  const maker = importMaker(site, site.scope.random.pick(['node:https', 'https']), 'Agent', undefined);
  site.imports.add(site.language === 'cjs' ? "const axios = require('axios')" : "import axios from 'axios'");
  const more = value.startsWith('process') ? '' : `, host: ${value}`;
  return {
    build: `new ${maker}({ keepAlive: true${more} })`,
    type: maker,
    open: [],
    end: 'NAME.destroy()',
    work: (scope) => [
      block('if (input.flag) {', [`await axios.get('http://a/${scope.number()}', { httpsAgent: ${scope.client} })`]),
      ...requested(scope),
    ],
    single: '',
  };
}

function requested(scope: Scope): Piece[] {
  const n = scope.number();
  scope.results.push(`answer${n}`);
  return [`const answer${n} = (await axios.get('http://b/${n}', { httpsAgent: ${scope.client} })).data`];
}

export const makers: readonly (readonly [string, Maker])[] = [
  ['pg Pool', pgPool],
  ['pg Pool', pgPool],
  ['pg Pool', pgPool],
  ['pg Client', pgClient],
  ['pg Client', pgClient],
  ['pg Client', pgClient],
  ['mysql2 pool', mysqlPool],
  ['mysql2 connection', mysqlConnection],
  ['mysql2 connection', mysqlConnection],
  ['ioredis', ioredis],
  ['redis', redis],
  ['mongodb', mongo],
  ['prisma', prisma],
  ['agent', agent],
];
