import { afterAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../support/postgres.ts';
import { lineOf, run } from './support/child.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());
const url = `postgres://${postgres?.user}@${postgres?.host}:${postgres?.port}/${postgres?.database}`;

describe.skipIf(!postgres).concurrent('a process that ends while somebody waits', () => {
  const program = { file: 'waiting.mjs', env: { DATABASE_URL: url } };

  it('says nothing when it is plain, and ends as if all was well', async () => {
    const { status, stderr, stdout } = await run({ ...program, mode: 'plain' });
    expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: 'exit 0\n' });
  });

  it.each(['observe', 'enforce'] as const)('names who held what and how many waited, under `%s`', async (mode) => {
    const { status, stdout, violations } = await run({ ...program, mode });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'exit 0\n' });
    const last = violations.filter(({ id }) => id === 'runtime/held-at-shutdown');
    expect(last).toMatchObject([{ site: expect.any(String) }, { data: { waiting: 1 } }]);
    expect(last[0]!.site).toContain(lineOf('waiting.mjs', '// the holder'));
  });
});
