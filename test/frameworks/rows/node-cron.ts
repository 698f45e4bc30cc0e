import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a schedule': {
      what: 'scheduled job',
      code: `import cron from 'node-cron';
cron.schedule('* * * * *', async () => { new Pool(); });`,
    },
    'a name': {
      what: 'scheduled job',
      code: `import { schedule } from 'node-cron';
schedule('* * * * *', sync);
async function sync() { new Pool(); }`,
    },
  },
  once: {
    'a shutdown': {
      code: `import cron from 'node-cron';
cron.shutdown().then(() => { new Pool(); });`,
    },
  },
};
