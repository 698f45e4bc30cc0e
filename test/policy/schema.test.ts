import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { checkPolicy } from '../../src/policy/check.ts';
import { defaults } from '../../src/policy/defaults.ts';
import { definePolicy, loadPolicy } from '../../src/policy/index.ts';
import type { Policy } from '../../src/policy/index.ts';
import { jsonSchema } from '../../src/policy/json-schema.ts';
import type { Key, KeysOf } from '../../src/policy/keys.ts';
import { schema } from '../../src/policy/schema.ts';
import { violations } from '../../src/policy/violations.ts';
import { mistakes } from './mistakes.ts';

type Whole<T> = T extends object ? { readonly [K in keyof T]-?: Whole<NonNullable<T[K]>> } : T;

/** Every key once; the compiler asks for all of them. */
const everything = {
  $schema: './node_modules/eslint-plugin-pool/policy.schema.json',
  version: 1,
  instances: 4,
  databases: { default: { maxConnections: 100, reserved: 3, cores: 4, spindles: 1, via: 'direct' } },
  perProcess: { max: 10, queue: 1000 },
  pools: { reporting: { database: 'default', max: 2 } },
  timeouts: defaults.timeouts,
  runtime: {
    mode: 'observe',
    rules: Object.fromEntries(
      Object.keys(violations).map((id) => [id, 'enforce']),
    ) as Whole<Policy>['runtime']['rules'],
    stacks: 'budget',
  },
} as const satisfies Whole<Policy>;

const describedNames = (key: Key): string[] => {
  if (key.kind === 'section') return Object.entries(key.keys).flatMap(([name, each]) => under(name, each));
  if (key.kind !== 'map') return [''];
  return key.names ? Object.keys(key.names).flatMap((id) => under(id, key.entry)) : under('*', key.entry);
};
const under = (name: string, key: Key): string[] =>
  describedNames(key).map((rest) => (rest === '' ? name : `${name}.${rest}`));

const statedNames = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? ['']
    : Object.entries(value).flatMap(([name, each]) =>
        statedNames(each).map((rest) => (rest === '' ? name : `${name}.${rest}`)),
      );

describe('the description of the keys', () => {
  it('has the keys of the types, all of them and no other', () => {
    const stated = statedNames(everything).map((name) => name.replace(/^(databases|pools)\.\w+/, '$1.*'));
    expect(describedNames(schema).sort()).toEqual(stated.sort());
    expect(checkPolicy(everything, { root: '', before: '' })).toBe(everything);
  });

  it('is held against the types by the compiler', () => {
    type Described = KeysOf<Policy>;
    expectTypeOf<keyof Described>().toEqualTypeOf<keyof Policy>();
    expectTypeOf<Described['timeouts']['keys']['acquireMs']['kind']>().toEqualTypeOf<'whole'>();
    expectTypeOf<Described['databases']['entry']['keys']['via']['kind']>().toEqualTypeOf<'word'>();
    expectTypeOf<keyof Described['runtime']['keys']['mode']['words'] & string>().toBeString();
    // @ts-expect-error a word needs its meaning
    const words: Described['runtime']['keys']['mode']['words'] = { observe: '', enforce: '' };
    // @ts-expect-error a number is no text
    const kind: Described['instances']['kind'] = 'text';
    expect([words, kind]).toHaveLength(2);
  });

  it('names values that may be stated, where it names defaults', () => {
    const { timeouts, max, queue, database, reserved, spindles, mode, stacks } = defaults;
    const policy = {
      databases: { [database]: { reserved, spindles } },
      perProcess: { max, queue },
      pools: { any: { database } },
      timeouts,
      runtime: { mode, stacks },
    };
    expect(checkPolicy(policy, { root: '', before: '' })).toBe(policy);
  });
});

describe('policy.schema.json', () => {
  // ESLint brings this validator; ours says the same without one.
  const ajv = createRequire(createRequire(import.meta.url).resolve('eslint/package.json'))('ajv') as new (
    options: object,
  ) => { compile: (schema: object) => (value: unknown) => boolean; validateSchema: (schema: object) => boolean };
  const validator = new ajv({ allErrors: true });
  const accepts = validator.compile(jsonSchema());

  it('is the one that the docs hold, and that the build copies for the package', () => {
    const file = path.join(import.meta.dirname, '../../docs/policy.schema.json');
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
    expect(validator.validateSchema(jsonSchema())).toBe(true);
  });

  it('accepts what is right', () => {
    expect(accepts(everything)).toBe(true);
    expect(accepts({})).toBe(true);
  });

  it.for(mistakes.filter(({ sums }) => !sums))('refuses what we refuse: $name', ({ policy }) => {
    expect(accepts(policy)).toBe(false);
  });

  it.for(mistakes.filter(({ sums }) => sums))('leaves sums to us: $name', ({ policy }) => {
    expect(accepts(policy)).toBe(true);
  });
});

describe('the types', () => {
  it('of definePolicy and loadPolicy are those of a policy', () => {
    expectTypeOf(definePolicy).parameters.toEqualTypeOf<[policy: Policy]>();
    expectTypeOf(definePolicy).returns.toEqualTypeOf<Policy>();
    expectTypeOf(loadPolicy).returns.toEqualTypeOf<Policy>();
    expectTypeOf(loadPolicy)
      .parameter(0)
      .toEqualTypeOf<{ readonly cwd?: string; readonly file?: string } | undefined>();
    expect(definePolicy(everything)).toBe(everything);
  });

  it.for<[string, () => unknown]>([
    // @ts-expect-error unknown key
    ['an unknown key', () => definePolicy({ max: 10 })],
    // @ts-expect-error unknown key of a section
    ['an unknown timeout', () => definePolicy({ timeouts: { acquire: 5000 } })],
    // @ts-expect-error wrong type
    ['a number as text', () => definePolicy({ instances: '4' })],
    // @ts-expect-error wrong version
    ['another version', () => definePolicy({ version: 2 })],
    // @ts-expect-error wrong word
    ['another mode', () => definePolicy({ runtime: { mode: 'warn' } })],
    // @ts-expect-error unknown id
    ['an unknown id', () => definePolicy({ runtime: { rules: { 'pool/no-leaks': 'enforce' } } })],
  ])('refuse what the check refuses: %s', ([, run]) => {
    expect(run).toThrow(/^definePolicy: /);
  });
});
