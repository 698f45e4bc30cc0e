import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a job': {
      what: 'job',
      code: `import Queue from 'bull';
const mails = new Queue('mails');
mails.process(5, async (job) => { new Pool(); });`,
    },
    'a listener': {
      what: 'job listener',
      code: `import Queue from 'bull';
const mails = new Queue('mails');
mails.on('completed', async (job) => { new Pool(); });`,
    },
  },
  once: {
    'being ready': {
      code: `import Queue from 'bull';
const mails = new Queue('mails');
mails.isReady().then(() => { new Pool(); });`,
    },
  },
};
