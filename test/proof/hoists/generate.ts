import { Random } from '../generate/random.ts';
import type { Scope } from '../generate/scope.ts';
import { block, pickStyle, write, type Piece, type Style } from '../generate/text.ts';
import { frames, helpersOf } from './frames.ts';
import { makers } from './makers.ts';
import { places } from './places.ts';
import { importOwn, type Language, type Site } from './scope.ts';
import { pickValue } from './values.ts';

/**
 * Composes modules that build a pool, a client or a connection at each call of what they serve. The same seed gives
 * the same module.
 */

export interface GeneratedModule {
  readonly name: string;
  readonly filename: string;
  readonly language: Language;
  readonly construct: Site['construct'];
  /** Why what is built must not be shared; sound where nothing says so. */
  readonly unsound: readonly string[];
  readonly source: string;
}

export const defaultSeed = 20_261_121;

export function generate(count: number, seed = defaultSeed): GeneratedModule[] {
  return Array.from({ length: count }, (_, index) => generateOne(seed + index));
}

export function generateOne(seed: number): GeneratedModule {
  const random = new Random(seed);
  const language = random.pick<Language>(['ts', 'ts', 'ts', 'js', 'js', 'cjs']);
  const [driver, make] = random.pick(makers);
  const [frame, build] = random.pick(frames);
  const [place, put, path] = random.pick(places);
  const site: Site = {
    scope: emptyScope(random, driver),
    language,
    construct: { driver, frame, place, values: 'constant' },
    head: [],
    imports: new Set(),
    unsound: new Set(),
  };
  const value = pickValue(site);
  const made = { ...make(site, value.text), before: value.before ?? [] };
  importOwn(site, '{ borrow, check, log, notify }', './helpers.js');
  const body = put(site, build(site, made));
  const style = pickStyle(random);
  const source = write([...complicate(site), '', ...helpersOf(site.head), '', ...body], style);
  return {
    name: `${driver}, ${frame}, ${place} (seed ${seed})`,
    filename: `${path}.${language === 'cjs' ? random.pick(['js', 'cjs']) : language}`,
    language,
    construct: site.construct,
    unsound: [...site.unsound],
    source: polish(importLines(site, style) + source, site, random),
  };
}

function emptyScope(random: Random, driver: string): Scope {
  let last = 0;
  const isSql = driver.startsWith('pg') || driver.startsWith('mysql2');
  const own =
    driver.includes('Pool') || driver.includes('pool') ? ['pool', 'pool', 'db'] : ['client', 'connection', 'db'];
  return {
    random,
    dialect: driver.startsWith('mysql2') ? 'mysql2' : 'pg',
    client: random.pick(isSql ? own : ['client', 'cache', 'shared', 'prisma']),
    results: [],
    tags: new Set(),
    leave: [],
    inLoop: false,
    inTransaction: false,
    depth: 0,
    number: () => (last += 1),
  };
}

/** The lines above the function, with names that stand in the way of what a repair wants to write. */
function complicate(site: Site): Piece[] {
  const { scope, head, language } = site;
  const { random, client } = scope;
  if (random.chance(0.8)) return [...head];
  const name = random.pick([client, 'pool', 'sharedPool', `shared${client[0]!.toUpperCase()}${client.slice(1)}`]);
  const taken = [
    () => [`const ${name} = 'taken'`, block('function describe() {', [`return ${name}`]), 'log(describe())'],
    () => [block('function other() {', [`const ${name} = 'of another'`, `return ${name}`]), 'log(other())'],
    () => [`/* ${name} is built below */`],
    () => {
      if (language === 'cjs' || name !== 'pool') return [];
      importOwn(site, '{ pool }', './names.js');
      return ['log(pool)'];
    },
  ];
  // What is imported for the arguments stands above what is written here.
  return [...head, ...random.pick<() => Piece[]>(taken)()];
}

function importLines({ imports, scope, language }: Site, style: Style): string {
  const { random } = scope;
  const lines = [...imports];
  if (random.chance(0.3)) lines.reverse();
  if (random.chance(0.1)) lines.unshift('// @file a service');
  if (language === 'cjs' && random.chance(0.4)) lines.unshift("'use strict'");
  if (language !== 'ts' && random.chance(0.4)) lines.unshift('// @ts-check');
  const text = `${lines.map((line) => (style.semicolons && !line.startsWith('//') ? `${line};` : line)).join('\n')}\n`;
  return text.replaceAll('\n', style.eol);
}

/** Quotes of the other kind, types that TypeScript asks for. */
function polish(source: string, { language, scope }: Site, random: Random): string {
  const typed = language === 'ts' ? source.replace(/\((value|row)\) (\{|=>)/g, '($1: any) $2') : source;
  const isQuoted = random.chance(0.2) && !/"/.test(typed) && !/`/.test(typed);
  void scope;
  return isQuoted ? typed.replaceAll("'", '"') : typed;
}
