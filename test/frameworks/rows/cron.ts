import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a job': {
      what: 'scheduled job',
      code: `import { CronJob } from 'cron';
new CronJob('* * * * *', async () => { new Pool(); });`,
    },
    'by options': {
      what: 'scheduled job',
      code: `import { CronJob } from 'cron';
CronJob.from({ cronTime: '* * * * *', onTick: async () => { new Pool(); } });`,
    },
    croner: {
      what: 'scheduled job',
      code: `import { Cron } from 'croner';
new Cron('* * * * *', async () => { new Pool(); });`,
    },
  },
  once: {
    'a timeout': { code: `setTimeout(() => { new Pool(); }, 100);` },
  },
};
