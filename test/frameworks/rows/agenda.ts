import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a job': {
      what: 'job',
      code: `import { Agenda } from 'agenda';
const agenda = new Agenda();
agenda.define('x', async (job) => { new Pool(); });`,
    },
  },
  once: {
    starting: {
      code: `import { Agenda } from 'agenda';
const agenda = new Agenda();
agenda.start().then(() => { new Pool(); });`,
    },
  },
};
