import { defaults, LONGEST_TIMER } from './defaults.ts';
import type { KeysOf, SectionKey, WholeKey } from './keys.ts';
import type { Policy } from './policy.ts';
import { violations } from './violations.ts';

/** The keys of a policy, once: the checker, `policy.schema.json` and the table of docs/policy.md come from here. */

const size = (what: string, fallback?: number): WholeKey => ({ kind: 'whole', least: 1, fallback, what });

const time = (what: string, fallback: number): WholeKey => ({
  kind: 'whole',
  least: 1,
  most: LONGEST_TIMER,
  unit: 'milliseconds',
  fallback,
  what,
});

const modes = {
  observe: 'report, change nothing',
  enforce: 'lower what is above the stated limits, add what is missing',
  strict: 'throw an error with a code',
};

const databases: KeysOf<Policy>['databases'] = {
  kind: 'map',
  what: 'The servers, by names of your own; a pool that names none uses `default`',
  entry: {
    kind: 'section',
    what: 'What one server can bear',
    keys: {
      maxConnections: size('How many connections the server accepts: `max_connections` of PostgreSQL and MySQL'),
      reserved: {
        kind: 'whole',
        least: 0,
        fallback: defaults.reserved,
        what: 'How many of them are not for this application: administrators, replication, other services',
      },
      cores: size('Processor cores of the server, for advice on sizes only'),
      spindles: {
        kind: 'whole',
        least: 0,
        fallback: defaults.spindles,
        what: 'Its disks, for advice only; an SSD counts as one, data that fits in memory as none',
      },
      via: {
        kind: 'word',
        words: { direct: 'the server itself', pgbouncer: 'a PgBouncer, which refuses `statement_timeout` at connect' },
        what: 'What the application connects to; server-side timeouts are written under a stated `direct` only',
      },
    },
  },
};

const timeouts: KeysOf<Policy>['timeouts'] = {
  kind: 'section',
  what: 'The longest that anything may take',
  keys: {
    acquireMs: time('The wait for a free connection of a pool', defaults.timeouts.acquireMs),
    connectMs: time('The wait for a new connection to the server', defaults.timeouts.connectMs),
    idleMs: time('How long a connection stays open unused', defaults.timeouts.idleMs),
    statementMs: time('One statement', defaults.timeouts.statementMs),
    lifetimeMs: time('The age at which a connection is replaced', defaults.timeouts.lifetimeMs),
    holdMs: time('How long one request may hold a connection', defaults.timeouts.holdMs),
    httpMs: time('One HTTP request to another service', defaults.timeouts.httpMs),
  },
};

const runtime: KeysOf<Policy>['runtime'] = {
  kind: 'section',
  what: 'What the runtime does; the rules of the linter do not read it',
  keys: {
    mode: { kind: 'word', words: modes, fallback: defaults.mode, what: 'What happens at a violation' },
    rules: {
      kind: 'map',
      names: violations,
      what: 'A mode of its own for one kind of violation',
      entry: { kind: 'word', words: modes, what: 'Its mode' },
    },
    stacks: {
      kind: 'word',
      words: {
        budget: 'a few each second, more once something is suspect',
        always: 'at each checkout, which costs microseconds',
        never: 'none',
      },
      fallback: defaults.stacks,
      what: 'Which checkouts remember where they were made',
    },
  },
};

const keys: KeysOf<Policy> = {
  $schema: { kind: 'text', what: 'The path of `policy.schema.json`, for editors' },
  version: { kind: 'constant', value: 1, what: 'The version of this format' },
  instances: size(
    'Processes and workers that run at once, those that a rolling update starts early included; never guessed',
  ),
  databases,
  perProcess: {
    kind: 'section',
    what: 'What one process may have',
    keys: {
      max: size('Connections of all its pools to one database', defaults.max),
      queue: size('Requests that may wait for one pool', defaults.queue),
    },
  },
  pools: {
    kind: 'map',
    what: 'Pools with a limit of their own, by name',
    entry: {
      kind: 'section',
      what: 'One pool',
      keys: {
        database: { kind: 'text', fallback: defaults.database, what: 'Its server, a name under `databases`' },
        max: size('Its connections'),
      },
    },
  },
  timeouts,
  runtime,
};

export const schema: SectionKey = { kind: 'section', what: 'A policy of eslint-plugin-pool', keys };
