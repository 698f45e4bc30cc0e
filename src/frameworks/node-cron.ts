import type { Framework } from './framework.ts';

/** node-cron. Read in node-cron 4.6.0: dist/node-cron.d.ts:100-111. */
export const nodeCron: Framework = {
  name: 'node-cron',
  modules: ['node-cron'],
  calls: [{ what: 'scheduled job', names: ['schedule', 'createTask'] }],
};
