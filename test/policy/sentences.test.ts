import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/index.ts';
import { defaults } from '../../src/policy/defaults.ts';
import { events } from '../../src/policy/events.ts';
import { fill, sentences, waits } from '../../src/policy/sentences.ts';
import { isViolationId, violations } from '../../src/policy/violations.ts';
import { shorten } from '../../src/policy/words.ts';

const ids = Object.keys(violations);
const all = [...Object.entries(sentences), ...Object.entries(events)].flatMap(([id, texts]) =>
  Object.entries<string>(texts).map(([name, text]) => ({ id: `${id}/${name}`, text })),
);

/** What is long in real code, for each hole; a `name` is shortened by who fills it. */
const long = {
  name: shorten('this.services.reportingDatabasePool', 20),
  address: 'db.internal.example.com:5432',
  cause: 'mysql2 takes `connectionLimit: 0` for no limit',
  count: 10000,
  driver: 'sequelize-pool',
  given: '4294967295',
  instances: 1000,
  key: 'databases.reporting',
  least: 1000,
  limit: 1800000,
  meaning: '30 milliseconds',
  method: 'query',
  needs: 'evictionRunIntervalMillis',
  option: 'acquireTimeoutMillis',
  place: 'dialectOptions',
  remedy: 'Write `connectionTimeoutMillis` in its place',
  scope: 'process',
  site: shorten('src/services/reporting/monthly-statement.ts:120:33', 40),
  size: 1000,
  statement: 'ROLLBACK',
  unit: 'milliseconds',
  value: 1800000,
  waiting: 100000,
  when: 'an idle connection that breaks',
};

describe('the ids of violations', () => {
  it('stand in order, and are those of rules or of the runtime', () => {
    expect(ids).toEqual([...ids].sort());
    expect(ids.filter((id) => !/^(?:pool|runtime)\/[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
  });

  it('have every rule of the plugin', () => {
    const missing = Object.keys(plugin.rules).filter((name) => !isViolationId(`pool/${name}`));
    expect(missing).toEqual([]);
  });

  it('are no names that every object knows', () => {
    expect([isViolationId('pool/require-release'), isViolationId('toString')]).toEqual([true, false]);
  });
});

describe('the sentences', () => {
  it('belong to ids', () => {
    expect(Object.keys({ ...sentences, ...events }).filter((id) => !isViolationId(id))).toEqual([]);
  });

  it.for(all)('$id is one sentence of at most 160 characters, filled with long words', ({ text }) => {
    for (const { wait, harm } of Object.values(waits)) {
      const filled = fill(text, { ...long, wait, harm });
      expect(filled).not.toMatch(/\{\{|\n| {2}/);
      expect(filled).toMatch(/^[A-Z`a-z0-9].*\.$/);
      expect(filled.length, filled).toBeLessThanOrEqual(160);
    }
  });

  it('have words for every wait of a policy', () => {
    expect(Object.keys(waits).sort()).toEqual(Object.keys(defaults.timeouts).sort());
  });

  it.for(all)('$id reads the same from ESLint', ({ text }) => {
    const data = { ...long, wait: 'the wait', harm: 'it hangs' };
    const rule: Rule.RuleModule = {
      meta: { messages: { text } },
      create: (context) => ({
        Program: (node) => context.report({ node, messageId: 'text', data: data as never }),
      }),
    };
    const config = { plugins: { any: { rules: { rule } } }, rules: { 'any/rule': 'error' } } as const;
    const [message] = new Linter({ configType: 'flat' }).verify('a;', config);
    expect(message?.message).toBe(fill(text, data));
  });

  it('show a hole that has no data', () => {
    expect(fill('{{name}} of {{toString}}', { name: '$&' })).toBe('$& of {{toString}}');
  });
});
