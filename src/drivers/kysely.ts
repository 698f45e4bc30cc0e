import type { Driver } from './driver.ts';

/** Kysely. Read in kysely 0.29.6 and 0.28.18. */
export const kysely: Driver = {
  name: 'kysely',
  modules: ['kysely'],
  exports: {
    Kysely: { new: 'kysely', type: 'kysely' },
    ControlledTransaction: { type: 'controlledTransaction' },
    Transaction: { type: 'scopedTransaction' },
  },
  kinds: {
    kysely: {
      members: {
        // Gives a builder; its execute() takes the connection: dist/kysely.d.ts:319.
        startTransaction: 'controlledBuilder',
        // Their execute(fn) gives back by itself: driver/default-connection-provider.js:7-15.
        transaction: 'scopedBuilder',
        connection: 'scopedBuilder',
        withSchema: 'kysely',
        withPlugin: 'kysely',
        withoutPlugins: 'kysely',
        withTables: 'kysely',
      },
      lease: {
        // Ends the pool that was passed in as well: postgres-driver.js:91-97.
        giveBack: ['destroy'],
        awaitGiveBack: true,
        uses: ['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'executeQuery', 'transaction', 'connection'],
        // dist/kysely.js:537; in 0.28.0, absent from 0.27.6. It has startTransaction() from there on, too.
        disposable: { symbol: 'asyncDispose', since: '0.28.0' },
        second: 'ignored',
        dedicated: true,
      },
    },
    scopedBuilder: { members: { setIsolationLevel: 'scopedBuilder', setAccessMode: 'scopedBuilder' } },
    scopedTransaction: {},
    controlledBuilder: {
      members: { setIsolationLevel: 'controlledBuilder', setAccessMode: 'controlledBuilder' },
      checkouts: {
        // dist/kysely.d.ts:604-609.
        execute: { gives: 'controlledTransaction', result: 'promise', commonName: true },
      },
    },
    controlledTransaction: {
      lease: {
        // Both only make a Command; a rollback that fails gives back, a commit that fails does not.
        giveBack: ['rollback', 'commit'],
        completedBy: 'execute',
        awaitGiveBack: true,
        uses: [
          'selectFrom',
          'insertInto',
          'updateTable',
          'deleteFrom',
          'replaceInto',
          'mergeInto',
          'selectNoFrom',
          'with',
          'withSchema',
          'executeQuery',
          'savepoint',
          'rollbackToSavepoint',
          'releaseSavepoint',
        ],
        transaction: { begin: [], commit: ['commit'], rollback: ['rollback'] },
        // sql`…`.execute(trx), query.execute(trx).
        lentTo: { callees: ['execute', 'executeTakeFirst', 'executeTakeFirstOrThrow'] },
        // Throws before it makes the Command: dist/kysely.js, assertNotCommittedOrRolledBack.
        throwsAtOnce: ['commit', 'rollback', 'savepoint', 'rollbackToSavepoint', 'releaseSavepoint'],
        second: 'throws',
      },
    },
  },
};
