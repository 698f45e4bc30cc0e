import type { Framework } from './framework.ts';

/** node-schedule. Read in @types/node-schedule 2.1.8: index.d.ts:23, :182-194. */
export const nodeSchedule: Framework = {
  name: 'node-schedule',
  modules: ['node-schedule'],
  calls: [{ what: 'scheduled job', names: ['scheduleJob', 'Job'] }],
};
