import { violations } from '../../src/policy/violations.ts';

/** A policy with one mistake each, and the sentence that names it, without the place the policy comes from. */
export interface Mistake {
  readonly name: string;
  readonly policy: unknown;
  /** From the key on. */
  readonly says: string;
  /** JSON Schema cannot say it: it takes two keys together. */
  readonly sums?: true;
}

const whole = 'must be a whole number of at least 1, not';

const roots: readonly Mistake[] = [
  { name: 'a list', policy: [], says: 'ROOT must be an object, not an array.' },
  { name: 'null', policy: null, says: 'ROOT must be an object, not null.' },
  { name: 'text', policy: 'strict', says: 'ROOT must be an object, not "strict".' },
];

const types: readonly Mistake[] = [
  { name: 'a number as text', policy: { instances: '4' }, says: `instances ${whole} "4".` },
  { name: 'a fraction', policy: { instances: 1.5 }, says: `instances ${whole} 1.5.` },
  { name: 'a number that is true', policy: { perProcess: { max: true } }, says: `perProcess.max ${whole} true.` },
  { name: 'null for a number', policy: { perProcess: { queue: null } }, says: `perProcess.queue ${whole} null.` },
  { name: 'an object for a number', policy: { instances: {} }, says: `instances ${whole} an object.` },
  { name: 'a number for a section', policy: { perProcess: 10 }, says: 'perProcess must be an object, not 10.' },
  {
    name: 'a list of databases',
    policy: { databases: [{ maxConnections: 100 }] },
    says: 'databases must be an object with a key for each name, not an array.',
  },
  {
    name: 'a database that is its number',
    policy: { databases: { main: 100 } },
    says: 'databases.main must be an object, not 100.',
  },
  { name: 'a schema that is no text', policy: { $schema: 1 }, says: '$schema must be a string, not 1.' },
];

const sizes: readonly Mistake[] = [
  { name: 'no instance', policy: { instances: 0 }, says: `instances ${whole} 0.` },
  { name: 'a negative size', policy: { perProcess: { max: -1 } }, says: `perProcess.max ${whole} -1.` },
  { name: 'an empty pool', policy: { pools: { reports: { max: 0 } } }, says: `pools.reports.max ${whole} 0.` },
  {
    name: 'an empty server',
    policy: { databases: { 'main-db': { maxConnections: 0 } } },
    says: `databases.main-db.maxConnections ${whole} 0.`,
  },
  {
    name: 'a negative reserve',
    policy: { databases: { default: { reserved: -1 } } },
    says: 'databases.default.reserved must be a whole number of at least 0, not -1.',
  },
  {
    name: 'no time at all',
    policy: { timeouts: { acquireMs: 0 } },
    says: 'timeouts.acquireMs must be a whole number of milliseconds from 1 to 2147483647, not 0.',
  },
  {
    name: 'a time that no timer can hold',
    policy: { timeouts: { lifetimeMs: 2_147_483_648 } },
    says: 'timeouts.lifetimeMs must be a whole number of milliseconds from 1 to 2147483647, not 2147483648.',
  },
];

const words: readonly Mistake[] = [
  {
    name: 'a later version',
    policy: { version: 2 },
    says: 'version must be 1, the version that this release reads, not 2.',
  },
  {
    name: 'a version as text',
    policy: { version: '1' },
    says: 'version must be 1, the version that this release reads, not "1".',
  },
  {
    name: 'a mode that is none',
    policy: { runtime: { mode: 'warn' } },
    says: 'runtime.mode must be "observe", "enforce" or "strict", not "warn".',
  },
  {
    name: 'a word that every object knows',
    policy: { runtime: { stacks: 'toString' } },
    says: 'runtime.stacks must be "budget", "always" or "never", not "toString".',
  },
  {
    name: 'a way that is none',
    policy: { databases: { default: { via: 'pgBouncer' } } },
    says: 'databases.default.via must be "direct" or "pgbouncer", not "pgBouncer".',
  },
  {
    name: 'a mode of a rule that is none',
    policy: { runtime: { rules: { 'pool/require-release': 'error' } } },
    says: 'runtime.rules.pool/require-release must be "observe", "enforce" or "strict", not "error".',
  },
];

const unknown: readonly Mistake[] = [
  {
    name: 'an unknown key',
    policy: { max: 10 },
    says: 'max is unknown. Known keys: $schema, version, instances, databases, perProcess, pools, timeouts, runtime.',
  },
  {
    name: 'an unknown timeout',
    policy: { timeouts: { acquire: 5000 } },
    says: 'timeouts.acquire is unknown. Known keys: acquireMs, connectMs, idleMs, statementMs, lifetimeMs, holdMs, httpMs.',
  },
  {
    name: 'an unknown id',
    policy: { runtime: { rules: { 'require-release': 'enforce' } } },
    says: `runtime.rules.require-release is unknown. Known keys: ${Object.keys(violations).join(', ')}.`,
  },
  {
    name: 'a key that every object knows',
    policy: { perProcess: { constructor: 1 } },
    says: 'perProcess.constructor is unknown. Known keys: max, queue.',
  },
  {
    name: 'the prototype as JSON writes it',
    policy: JSON.parse('{ "perProcess": { "__proto__": { "max": 1 } } }'),
    says: 'perProcess.__proto__ is unknown. Known keys: max, queue.',
  },
  {
    name: 'a key with a line break',
    policy: { perProcess: { 'max\n': 1 } },
    says: 'perProcess."max\\n" is unknown. Known keys: max, queue.',
  },
];

const sums: readonly Mistake[] = [
  {
    name: 'more processes than connections',
    policy: { instances: 98, databases: { default: { maxConnections: 100, reserved: 3 } } },
    says: 'databases.default leaves no connection for a process: (100 maxConnections - 3 reserved) / 98 instances is below 1.',
    sums: true,
  },
  {
    name: 'all connections reserved',
    policy: { databases: { a: { maxConnections: 50 }, b: { maxConnections: 10, reserved: 10 } } },
    says: 'databases.b leaves no connection for a process: (10 maxConnections - 10 reserved) / 1 instances is below 1.',
    sums: true,
  },
  {
    name: 'a pool of a database that is not there',
    policy: { databases: { default: {}, archive: {} }, pools: { reports: { database: 'archiv' } } },
    says: 'pools.reports.database must be a name under databases (default, archive), not "archiv".',
    sums: true,
  },
  {
    name: 'a pool of a database where none is stated',
    policy: { pools: { reports: { database: 'toString' } } },
    says: 'pools.reports.database must be a name under databases (default), not "toString".',
    sums: true,
  },
];

export const mistakes: readonly Mistake[] = [...roots, ...types, ...sizes, ...words, ...unknown, ...sums];
