import { afterAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../support/postgres.ts';
import { run } from './support/child.ts';
import type { Ended } from './support/child.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const url = `postgres://${postgres?.user}@${postgres?.host}:${postgres?.port}/${postgres?.database}`;

type When = 'held' | 'idle';

const kill = (when: When, mode: 'enforce' | 'observe' | 'plain' | 'strict'): Promise<Ended> =>
  run({ file: 'killed.mjs', args: [when], mode, env: { DATABASE_URL: url } });

const ID = 'pool/require-error-listener';

describe.skipIf(!postgres).concurrent.each<When>(['idle', 'held'])(
  'a connection that is killed while it is %s',
  (when) => {
    it('ends a plain process', async () => {
      const { status, stderr, stdout } = await kill(when, 'plain');
      expect(stdout).toBe('killing\n');
      expect(stderr).toMatch(/Unhandled 'error' event|terminating connection due to administrator command/);
      expect(status).toBe(1);
    });

    it('ends a process that is only observed, which was told before', async () => {
      const { status, stderr, stdout, violations } = await kill(when, 'observe');
      expect(stdout).toBe('killing\n');
      expect(status).toBe(1);
      const told = violations.filter(({ id }) => id === ID);
      expect(told.length).toBeGreaterThan(0);
      expect(
        told.some(({ message }) => message.includes(when === 'held' ? 'while they are held' : 'idle connection')),
      ).toBe(true);
      expect(stderr.indexOf(ID)).toBeLessThan(stderr.indexOf('terminating connection'));
    });

    it.each(['enforce', 'strict'] as const)(
      'does not end a process under `%s`, and the next query works',
      async (mode) => {
        const { status, stderr, stdout, violations } = await kill(when, mode);
        const late =
          when === 'held' ? 'late query: Client has encountered a connection error and is not queryable\n' : '';
        expect(stdout, stderr).toBe(`killing\n${late}next query: 1, open: 1\n`);
        expect(status).toBe(0);
        // The program is told all the same.
        expect(violations.map(({ id }) => id)).toContain(ID);
      },
    );
  },
);
