import { afterEach, describe, expect, it, vi } from 'vitest';
import { startPostgres } from '../support/postgres.ts';

describe('without a PostgreSQL', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('the tests are skipped with a sentence that says what to do', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubEnv('PG_BIN', '/nowhere');
    vi.stubEnv('REQUIRE_SERVERS', '');
    expect(await startPostgres()).toBeUndefined();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('set PG_BIN'));
  });

  it('the tests fail where servers are required', async () => {
    vi.stubEnv('PG_BIN', '/nowhere');
    vi.stubEnv('REQUIRE_SERVERS', '1');
    await expect(startPostgres()).rejects.toThrow('set PG_BIN');
  });
});
