import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a job': {
      what: 'job',
      code: `import { Worker } from 'bullmq';
new Worker('mails', async (job) => { new Pool(); });`,
    },
    'a listener': {
      what: 'job listener',
      code: `import { Worker } from 'bullmq';
const worker = new Worker('mails', './job.js');
worker.on('failed', async (job) => { new Pool(); });`,
    },
    'a type': {
      what: 'job',
      code: `import type { Processor } from 'bullmq';
export const run: Processor = async (x) => { new Pool(); };`,
    },
  },
  once: {
    'being ready': {
      code: `import { Worker } from 'bullmq';
const worker = new Worker('mails', './job.js');
worker.on('ready', () => { new Pool(); });`,
    },
  },
};
