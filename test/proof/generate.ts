import type { Dialect } from '../support/stub-pool.ts';
import { chained, withCallback } from './generate/callbacks.ts';
import { frames, type Frame } from './generate/frames.ts';
import { oddFrames } from './generate/odd.ts';
import { Random } from './generate/random.ts';
import type { Scope } from './generate/scope.ts';
import { severalFrames } from './generate/several.ts';
import { block, pickStyle, write, type Piece } from './generate/text.ts';

/**
 * Composes functions out of checkouts, statements and releases, right ones and wrong ones. The same seed gives the
 * same functions. `load` is what the proof calls: with an input, and with a callback where the second parameter says so.
 */

export interface GeneratedCase {
  readonly name: string;
  readonly seed: number;
  readonly dialect: Dialect;
  /** How the connection is checked out and given back. */
  readonly construct: string;
  /** What stands in between. */
  readonly tags: readonly string[];
  readonly source: string;
}

export const defaultSeed = 20_261_120;

type Signature = 'async' | 'callback' | 'promise';

interface Construct {
  readonly name: string;
  readonly frame: Frame;
  readonly signature: Signature;
  readonly only: 'any' | 'pg';
}

const constructs: readonly Construct[] = [
  ...[...frames, ...severalFrames, ...oddFrames].map(([name, frame, only]) => ({
    name,
    frame,
    only,
    signature: 'async' as const,
  })),
  { name: 'callback', frame: withCallback, signature: 'callback', only: 'any' },
  { name: 'callback', frame: withCallback, signature: 'callback', only: 'any' },
  { name: 'callback', frame: withCallback, signature: 'callback', only: 'any' },
  { name: 'promise chain', frame: chained, signature: 'promise', only: 'any' },
  { name: 'promise chain', frame: chained, signature: 'promise', only: 'any' },
];

export function generate(count: number, seed = defaultSeed): GeneratedCase[] {
  return Array.from({ length: count }, (_, index) => generateOne(seed + index));
}

export function generateOne(seed: number): GeneratedCase {
  const random = new Random(seed);
  const construct = random.pick(constructs);
  const dialect: Dialect = construct.only === 'any' && random.chance(0.2) ? 'mysql2' : 'pg';
  const scope = emptyScope(random, dialect);
  const body = construct.frame(scope);
  const file = [...imports(random, dialect, construct.signature), '', ...shell(random, construct.signature, body)];
  return {
    name: `${construct.name} (seed ${seed})`,
    seed,
    dialect,
    construct: construct.name,
    tags: [...scope.tags],
    source: write(file, pickStyle(random)),
  };
}

function emptyScope(random: Random, dialect: Dialect): Scope {
  let last = 0;
  return {
    random,
    dialect,
    client: random.pick(['client', 'client', 'connection', 'conn', 'db']),
    results: [],
    tags: new Set(),
    leave: [],
    inLoop: false,
    inTransaction: false,
    depth: 0,
    number: () => (last += 1),
  };
}

function imports(random: Random, dialect: Dialect, signature: Signature): Piece[] {
  const helpers = "import { borrow, check, log, notify } from './helpers.js'";
  if (random.chance(0.15)) return ["import { pool } from './db.js'", helpers];
  if (dialect === 'pg') {
    const own = ["import { Pool } from 'pg'", helpers, '', 'const pool = new Pool({ max: 10 })'];
    const whole = ["import pg from 'pg'", helpers, '', 'const pool = new pg.Pool()'];
    return random.pick([own, own, whole]);
  }
  const module = signature === 'callback' ? 'mysql2' : 'mysql2/promise';
  return [
    `import mysql from '${module}'`,
    helpers,
    '',
    "const pool = mysql.createPool({ uri: 'mysql://localhost/app' })",
  ];
}

/** The function around the body: declaration, arrow, method of an object or of a class. */
function shell(random: Random, signature: Signature, body: readonly Piece[]): Piece[] {
  const parameters = signature === 'callback' ? '(input, callback)' : '(input)';
  const word = signature === 'async' ? 'async ' : '';
  const pass = parameters.slice(1, -1);
  const declaration = [block(`export ${word}function load${parameters} {`, body)];
  const arrow = [block(`export const load = ${word}${parameters} => {`, body)];
  const method = block(`${word}load${parameters} {`, body);
  const object = [
    block('const repository = {', [method]),
    '',
    `export const load = ${parameters} => repository.load(${pass})`,
  ];
  const owner = [
    block('class Repository {', [method]),
    '',
    `export const load = ${parameters} => new Repository().load(${pass})`,
  ];
  return random.pick([declaration, declaration, arrow, object, owner]);
}
