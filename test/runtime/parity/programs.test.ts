import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import plugin from '../../../src/index.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { install } from '../../../src/runtime/index.ts';
import { world } from '../../../src/runtime/world.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { collectEvents } from '../support/events.ts';

/**
 * One program for each rule: the linter reports its text, and the runtime reports it while it runs on a real server, under the
 * same id and with the same number of the same policy.
 */

const policy: Policy = { perProcess: { max: 8 }, timeouts: { acquireMs: 1000, connectMs: 1000, holdMs: 60 } };

/** What both must say in their messages; the wait for what the runtime sees only after a while. */
const programs: readonly { readonly rule: string; readonly says?: string; readonly after?: number }[] = [
  { rule: 'require-release', after: 300 },
  { rule: 'no-double-release' },
  { rule: 'no-use-after-release' },
  { rule: 'no-transaction-on-pool' },
  { rule: 'no-connect-per-request' },
  { rule: 'no-pool-in-handler' },
  { rule: 'require-error-listener' },
  { rule: 'no-unbounded-pool', says: 'the policy allows 8 (`perProcess.max`)' },
  { rule: 'require-timeouts', says: 'Set `connectionTimeoutMillis: 1000`' },
  {
    rule: 'no-ignored-option',
    says: 'pg does not read `acquireTimeout`, so it limits nothing. Use `connectionTimeoutMillis`',
  },
];

function lint(rule: string): { readonly id: string; readonly message: string }[] {
  const file = new URL(`fixtures/${rule}.ts`, import.meta.url);
  const config = [
    { files: ['**/*.ts'], languageOptions: { parser } },
    { ...plugin.configs.recommended, files: ['**/*.ts'], settings: { pool: { policy } } },
  ];
  const messages = new Linter({ configType: 'flat' }).verify(readFileSync(file, 'utf8'), config as never, 'program.ts');
  return messages.map(({ message, ruleId }) => ({ id: String(ruleId), message }));
}

const environment = ({ database, host, port, user }: PostgresServer): NodeJS.ProcessEnv => ({
  PGHOST: host,
  PGPORT: String(port),
  PGUSER: user,
  PGDATABASE: database,
});

let server: PostgresServer | undefined;

beforeAll(async () => {
  // As with `register`: before anything has imported the driver.
  install(createRequire(import.meta.url)('pg'));
  const { startPostgres } = await import('../../support/postgres.ts');
  server = await startPostgres();
  if (server) Object.assign(process.env, environment(server));
  world.settings = { policy, file: undefined, log: 'off', mistake: undefined };
});

afterAll(() => server?.stop());

interface Program {
  readonly pool?: Pool;
  readonly default: () => Promise<void>;
}

async function run(rule: string, after = 0): Promise<{ readonly id: string; readonly message: string }[]> {
  const events = collectEvents();
  const program: Program = await import(`./fixtures/${rule}.ts`);
  await program.default();
  await sleep(after);
  // What is lost would keep `end` waiting.
  void program.pool?.end();
  return events.violations.map(({ id, message }) => ({ id, message }));
}

describe('a program that breaks', () => {
  it.for(programs)(
    '$rule is reported by the linter and by the runtime',
    async ({ after, rule, says = '' }, { skip }) => {
      if (!server) return skip();
      const id = `pool/${rule}`;
      const linted = lint(rule);
      const seen = await run(rule, after);
      expect([...new Set(linted.map((one) => one.id))]).toEqual([id]);
      expect([...new Set(seen.map((one) => one.id))]).toEqual([id]);
      expect([linted[0]?.message, seen[0]?.message]).toEqual([
        expect.stringContaining(says),
        expect.stringContaining(says),
      ]);
    },
  );
});

it('there is a program for every rule', () => {
  expect(programs.map(({ rule }) => rule).sort()).toEqual(Object.keys(plugin.rules).sort());
});
