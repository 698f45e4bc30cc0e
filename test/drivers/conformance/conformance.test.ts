import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Limits } from '../../../src/drivers/driver.ts';
import { drivers } from '../../../src/drivers/index.ts';
import { Blurred, collectFacts } from './facts.ts';
import type { Conformance, Fact, Observed, Options, Probe } from './facts.ts';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((file) => /^(?!.*\.test|facts|watch).*\.ts$/.test(file));
const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
const conformances = modules.flatMap((module: { conformances: Conformance[] }) => module.conformances);

const notRun = JSON.parse(readFileSync(new URL('not-run.json', import.meta.url), 'utf8')) as Record<
  string,
  string | Record<string, string>
>;

interface Known {
  readonly name: string;
  readonly limits: Limits;
}

const known = drivers.flatMap(({ name, kinds }) =>
  Object.entries(kinds).flatMap(([kind, { limits }]): Known[] => (limits ? [{ name: `${name} ${kind}`, limits }] : [])),
);

const nameOf = ({ driver, kind }: Conformance): string => `${driver} ${kind}`;
const limitsOf = (name: string): Limits => known.find((each) => each.name === name)?.limits ?? { options: [] };

function reasonAgainst(name: string, fact: Fact): string | undefined {
  const reasons = notRun[name] ?? {};
  if (typeof reasons === 'string') return reasons;
  return reasons[fact.name] ?? reasons[fact.option];
}

const runnable = (name: string): Fact[] =>
  collectFacts(limitsOf(name)).filter((fact) => reasonAgainst(name, fact) === undefined);

function chooseProbe({ probes }: Conformance, { option }: Fact): Probe {
  const probe = probes[option];
  if (!probe) throw new Blurred(`no probe sees ${option}`);
  return probe;
}

function optionsOf({ url }: Conformance, { query, options }: Fact): Options {
  if (!query) return options;
  if (!url) throw new Blurred('no URL to put it in');
  return { ...options, ...url(query) };
}

async function observe(conformance: Conformance, fact: Fact): Promise<Observed> {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const probe = chooseProbe(conformance, fact);
  const options = optionsOf(conformance, fact);
  try {
    const seen = await probe(options);
    return logged.mock.calls.length > 0 ? 'logged' : seen;
  } catch (error) {
    if (error instanceof Blurred) throw error;
    return 'throws';
  } finally {
    logged.mockRestore();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

for (const conformance of conformances) {
  const facts = runnable(nameOf(conformance));
  describe(`${nameOf(conformance)}: ${facts.length} facts run`, () => {
    it.for(facts.map((fact) => [fact.name, fact] as const))('%s', async ([, fact]) => {
      expect(await observe(conformance, fact)).toBe(fact.expected);
    });
  });
}

const ran = conformances.flatMap((each) => runnable(nameOf(each)));

it(`${ran.length} facts are run with the installed drivers`, () => {
  expect(ran.length).toBeGreaterThan(60);
});

it('what is not run has a reason', () => {
  const run = new Set(conformances.map((each) => limitsOf(nameOf(each))));
  const without = known.filter(({ name, limits }) => !run.has(limits) && typeof notRun[name] !== 'string');
  expect(without.map(({ name }) => name)).toEqual([]);
});

it('reasons are given for what the data says, and for nothing else', () => {
  const idle = Object.entries(notRun).flatMap(([name, reasons]) => {
    const facts = collectFacts(limitsOf(name));
    const words = new Set(facts.flatMap((fact) => [fact.name, fact.option]));
    const given = typeof reasons === 'string' ? [] : Object.keys(reasons);
    return facts.length === 0 ? [name] : given.filter((word) => !words.has(word)).map((word) => `${name}: ${word}`);
  });
  expect(idle).toEqual([]);
});
