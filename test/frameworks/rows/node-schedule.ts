import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a job': {
      what: 'scheduled job',
      code: `import schedule from 'node-schedule';
schedule.scheduleJob('* * * * *', async () => { new Pool(); });`,
    },
  },
  once: {
    'a shutdown': {
      code: `import schedule from 'node-schedule';
schedule.gracefulShutdown().then(() => { new Pool(); });`,
    },
  },
};
