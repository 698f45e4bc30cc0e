import type { Framework } from './framework.ts';

/** cron and croner. Read in cron 4.4.0: dist/job.d.ts:20-22, croner 11.0.1: dist/croner.d.ts. */
export const cron: Framework = {
  name: 'cron',
  modules: ['cron', 'croner'],
  calls: [
    { what: 'scheduled job', names: ['CronJob', 'Cron'] },
    { what: 'scheduled job', names: ['from'], on: { made: ['CronJob'], names: ['CronJob'] }, properties: ['onTick'] },
  ],
};
