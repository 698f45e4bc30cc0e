import type { Driver } from './driver.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';

/** MikroORM. Read in @mikro-orm/core 7.2.1 and 6.6.16. */
export const mikroOrm: Driver = {
  name: '@mikro-orm/core',
  modules: [
    '@mikro-orm/core',
    '@mikro-orm/knex',
    '@mikro-orm/libsql',
    '@mikro-orm/mariadb',
    '@mikro-orm/mssql',
    '@mikro-orm/mysql',
    '@mikro-orm/postgresql',
    '@mikro-orm/sql',
    '@mikro-orm/sqlite',
  ],
  exports: {
    // `is` for the static `MikroORM.init(options)`.
    MikroORM: { new: 'orm', is: 'ormClass', type: 'orm' },
    EntityManager: { type: 'entityManager' },
    SqlEntityManager: { type: 'entityManager' },
    EntityRepository: { type: 'repository' },
  },
  kinds: {
    // 6.x runs on knex, 7.x on kysely: `em.getKnex()`, `em.getKysely()`.
    ...knex.kinds,
    ...kysely.kinds,
    ormClass: { members: { init: 'orm', initSync: 'orm' }, builds: ['init', 'initSync'] },
    orm: {
      members: { em: 'entityManager' },
      // Listens to its pool from 7 on: sql/PostgreSqlConnection.js:41.
      owns: { what: 'pool', end: ['close'], awaitEnd: true, open: ['connect'] },
      lease: {
        giveBack: ['close'],
        awaitGiveBack: true,
        uses: ['em', 'connect', 'schema', 'migrator', 'seeder'],
        // core/MikroORM.js:166; 6.x has none.
        disposable: { symbol: 'asyncDispose', since: '7.0.0' },
        second: 'ignored',
        dedicated: true,
      },
    },
    // fork() and `orm.em` are cheap and hold nothing; transactional(fn) gives back by itself.
    entityManager: {
      members: {
        fork: 'entityManager',
        getRepository: 'repository',
        getKnex: 'knex',
        getKysely: 'kysely',
      },
      lease: {
        // core/EntityManager.js:1319-1360. commit() flushes first; when that fails, nothing is given back.
        giveBack: ['rollback', 'commit'],
        awaitGiveBack: true,
        uses: [
          'begin',
          'flush',
          'persist',
          'persistAndFlush',
          'remove',
          'removeAndFlush',
          'find',
          'findOne',
          'findOneOrFail',
          'findAndCount',
          'count',
          'insert',
          'insertMany',
          'upsert',
          'nativeInsert',
          'nativeUpdate',
          'nativeDelete',
          'execute',
          'createQueryBuilder',
          'refresh',
          'populate',
          'lock',
        ],
        transaction: { begin: ['begin'], commit: ['commit'], rollback: ['rollback'] },
        holdsFrom: ['begin'],
        // ValidationError.transactionRequired(): core/EntityManager.js:1340, 1357.
        second: 'throws',
      },
    },
    repository: { members: { getEntityManager: 'entityManager', em: 'entityManager' } },
  },
};
