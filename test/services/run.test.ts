import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { Databases } from './databases.ts';
import { fix } from './lint.ts';
import { run, runAcrossCut, type Program, type Run } from './run.ts';
import { readFixture, readPart, services } from './services.ts';
import { twentyRoutes } from './twenty-routes.ts';

const server = await startPostgres({ maxConnections: 280 });

/** What a pool opens at most where nobody chose a size: the default of pg and of our policy. */
const POOL_MAX = 10;
const REQUESTS = 200;

/** Users that exist, and one that does not. */
const IDS = ['1', '2', '3', '4'];
/** PostgreSQL refuses it. `pool.query` ends the connection of a failed statement, so these are counted apart. */
const REFUSED = 'none';

const running: readonly (readonly [name: string, path: (id: string) => string])[] = [
  ['express', (id) => `/users/${id}`],
  ['fastify', (id) => `/users/${id}`],
  ['koa', (id) => `/orders?user=${id}`],
  ['hono', () => '/users'],
  ['next', (id) => `/api/users?id=${id}`],
  ['aws-lambda', (id) => `/users?id=${id}`],
];

const DOTENV_FILES = ['server.ts', 'users.ts', 'orders.ts'];
const DATABASE_VARIABLES = ['DATABASE_URL', 'PGHOST', 'PGPORT', 'PGUSER', 'PGDATABASE'];

describe.skipIf(server === undefined)('on PostgreSQL', () => {
  let databases: Databases;

  beforeAll(async () => {
    databases = await Databases.open(server!);
  });

  afterAll(async () => {
    await databases?.close();
    await server?.stop();
  });

  const runOnOwnDatabase = async (program: Program, requests: readonly string[]): Promise<Run> =>
    run(program, await databases.create(), requests);

  describe.each(running)('%s', (name, pathOf) => {
    const { path: entry } = services.find((service) => service.name === name)!;
    const misuse = readPart(name, 'misuse');
    const original: Program = { name, entry, files: { [entry]: misuse } };
    const fixed: Program = { name, entry, files: { [entry]: fix(misuse, entry) } };

    it('answers as before, over few connections', async () => {
      const requests = repeat(IDS.map(pathOf));
      const before = await runOnOwnDatabase(original, requests);
      const after = await runOnOwnDatabase(fixed, requests);
      expect(after.answers).toEqual(before.answers);
      expect(after.answers.filter((answer) => answer.startsWith('200 '))).not.toEqual([]);
      expect(before.sessions).toBeGreaterThanOrEqual(REQUESTS);
      expect(after.sessions).toBeGreaterThan(0);
      expect(after.sessions).toBeLessThanOrEqual(POOL_MAX);
      expect(after.open).toBeLessThanOrEqual(POOL_MAX);
    });

    it('answers as before when a statement fails, and keeps no connection for it', async () => {
      const requests = repeat([REFUSED, REFUSED, REFUSED, '1'].map(pathOf), 60);
      const before = await runOnOwnDatabase(original, requests);
      const after = await runOnOwnDatabase(fixed, requests);
      expect(after.answers).toEqual(before.answers);
      expect(after.open).toBeLessThanOrEqual(POOL_MAX);
    });

    it('survives the loss of its idle connections', async () => {
      const [before, after] = await runAcrossCut(fixed, await databases.create(), pathOf('1'));
      expect(after).toBe(before);
    });
  });

  it('twenty route files share one pool', async () => {
    const { entry, files, fixedFiles, requests, max } = twentyRoutes();
    const before = await runOnOwnDatabase({ name: 'routes', entry, files }, repeat(requests));
    const after = await runOnOwnDatabase({ name: 'routes', entry, files: fixedFiles }, repeat(requests));
    expect(after.answers).toEqual(before.answers);
    expect(before.sessions).toBeGreaterThanOrEqual(REQUESTS);
    expect(after.sessions).toBeGreaterThan(0);
    expect(after.sessions).toBeLessThanOrEqual(max);
  });

  it('a service that reads its .env when it starts still reaches its database', async () => {
    const original = Object.fromEntries(DOTENV_FILES.map((file) => [`src/${file}`, readFixture(`dotenv/${file}`)]));
    const fixed = Object.fromEntries(Object.entries(original).map(([file, code]) => [file, fix(code, file)]));
    expect(Object.keys(fixed).filter((file) => fixed[file] !== original[file])).toEqual([
      'src/users.ts',
      'src/orders.ts',
    ]);
    const program = { name: 'dotenv', entry: 'src/server.ts', dotenv: DATABASE_VARIABLES };
    const requests = repeat(['/users', '/orders?user=1', '/orders?user=2']);
    const before = await runOnOwnDatabase({ ...program, files: original }, requests);
    const after = await runOnOwnDatabase({ ...program, files: fixed }, requests);
    expect(before.answers.filter((answer) => !answer.startsWith('200 '))).toEqual([]);
    expect(after.answers).toEqual(before.answers);
    expect(after.sessions).toBeLessThanOrEqual(2 * POOL_MAX);
  });
});

function repeat(requests: readonly string[], count = REQUESTS): string[] {
  return Array.from({ length: count }, (_, index) => requests[index % requests.length]!);
}
