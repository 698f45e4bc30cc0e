import type { Driver } from './driver.ts';
import { typeormLimits } from './limits/typeorm.ts';

// What makes a runner take its connection: query-runner/QueryRunner.d.ts.
const opens: readonly string[] = [
  'connect',
  'startTransaction',
  'query',
  'sql',
  'stream',
  'manager',
  'getTable',
  'getTables',
  'hasTable',
  'hasColumn',
  'createTable',
  'dropTable',
  'addColumn',
  'dropColumn',
  'createIndex',
  'dropIndex',
  'clearTable',
  'clearDatabase',
];

/** TypeORM. Read in typeorm 1.1.1 and 0.3.31. */
export const typeorm: Driver = {
  name: 'typeorm',
  modules: ['typeorm'],
  exports: {
    DataSource: { new: 'dataSource', type: 'dataSource' },
    EntityManager: { type: 'entityManager' },
    QueryRunner: { type: 'runner' },
    Repository: { type: 'repository' },
    TreeRepository: { type: 'repository' },
    // 0.3 and older, removed in 1.0: 0.3.31 globals.d.ts:24-66. They give the one global data source: no checkout.
    Connection: { new: 'dataSource', type: 'dataSource' },
    createConnection: { call: 'dataSource' },
    getConnection: { call: 'dataSource', existing: true },
    getManager: { call: 'entityManager', existing: true },
    getRepository: { call: 'repository', existing: true },
    getTreeRepository: { call: 'repository', existing: true },
  },
  kinds: {
    dataSource: {
      limits: typeormLimits,
      members: {
        // Both resolve to the data source itself: data-source/DataSource.js; `connect` is the older name.
        initialize: 'dataSource',
        connect: 'dataSource',
        manager: 'entityManager',
        getRepository: 'repository',
        getTreeRepository: 'repository',
        getMongoRepository: 'repository',
      },
      checkouts: {
        // data-source/DataSource.d.ts:248: makes the runner; the connection comes with its first use.
        createQueryRunner: { gives: 'runner', result: 'value', ownName: true },
      },
      // Gets a runner of its own and releases it: data-source/DataSource.js:339-352.
      statements: ['query'],
      // Without initialize() it holds nothing. It listens to its pools: driver/postgres/PostgresDriver.js:1393.
      owns: { what: 'pool', end: ['destroy', 'close'], awaitEnd: true, mustOpen: ['initialize', 'connect'] },
      lease: {
        // `close` is the name before 0.3.
        giveBack: ['destroy', 'close'],
        awaitGiveBack: true,
        uses: ['query', 'transaction', 'getRepository', 'createQueryBuilder', 'runMigrations', 'synchronize'],
        holdsFrom: ['initialize', 'connect'],
        // CannotExecuteNotConnectedError: data-source/DataSource.js:171.
        second: 'throws',
        dedicated: true,
      },
    },
    // `transaction(fn)` releases by itself: entity-manager/EntityManager.js:80-99.
    entityManager: {
      members: {
        // `connection` is the older name, kept in 1.x: entity-manager/EntityManager.d.ts.
        dataSource: 'dataSource',
        connection: 'dataSource',
        getRepository: 'repository',
        getTreeRepository: 'repository',
        getMongoRepository: 'repository',
        withRepository: 'repository',
      },
    },
    repository: { members: { manager: 'entityManager' } },
    runner: {
      members: {
        // `connection` is the older name: query-runner/BaseQueryRunner.js, `get connection()`.
        dataSource: 'dataSource',
        connection: 'dataSource',
      },
      lease: {
        // Wanted even after commit or rollback; driver/postgres/PostgresQueryRunner.js:93-113.
        giveBack: ['release'],
        awaitGiveBack: true,
        uses: [...opens, 'commitTransaction', 'rollbackTransaction'],
        transaction: {
          begin: ['startTransaction'],
          commit: ['commitTransaction'],
          rollback: ['rollbackTransaction'],
          // rollbackTransaction() throws TransactionNotStartedError without one: driver/postgres/PostgresQueryRunner.js.
          activeIf: 'isTransactionActive',
        },
        // Every statement goes through query(), and query() through connect(): PostgresQueryRunner.js:49-86.
        holdsFrom: opens,
        // Query builders and managers made for a runner do not release it.
        lentTo: {
          callees: ['setQueryRunner', 'createQueryBuilder', 'createEntityManager', 'createManager', 'query'],
          properties: ['queryRunner'],
        },
        // COMMITS an open transaction, then releases: query-runner/BaseQueryRunner.js:60-70. None in 0.3.
        disposable: { symbol: 'asyncDispose', since: '1.0.0' },
        // PostgresQueryRunner.js:94 returns; MysqlQueryRunner.js:73 hands the release on to mysql2 once more.
        second: 'ignored',
      },
    },
  },
};
