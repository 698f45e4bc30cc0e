import { readdirSync, readFileSync } from 'node:fs';
import type { Dialect } from '../support/stub-pool.ts';
import { defaultSeed, generate } from './generate.ts';

/** A function whose repair is to be proven: written by hand, or generated. */
export interface Case {
  readonly name: string;
  readonly dialect: Dialect;
  /** For the statistics. */
  readonly construct: string;
  readonly source: string;
}

const folder = new URL('./fixtures/', import.meta.url);

/** What `fixtures/<group>` holds: `leaking`, `misused`, `sound`. */
export function readCases(group: string): Case[] {
  return readdirSync(new URL(`${group}/`, folder))
    .sort()
    .map((file) => {
      const source = readFileSync(new URL(`${group}/${file}`, folder), 'utf8');
      const dialect = source.includes('mysql2') ? 'mysql2' : 'pg';
      return { name: `${group}/${file}`, dialect, construct: `by hand: ${group}`, source };
    });
}

export function readAllCases(): Case[] {
  return ['leaking', 'misused', 'sound'].flatMap(readCases);
}

/** `PROOF_RUNS` and `PROOF_SEED` choose other functions, or more of them. */
export function generatedCases(count: number): Case[] {
  return generate(Number(process.env['PROOF_RUNS'] ?? count), Number(process.env['PROOF_SEED'] ?? defaultSeed));
}
