import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a job': {
      what: 'job',
      code: `import PgBoss from 'pg-boss';
const boss = new PgBoss('');
await boss.work('mails', { batchSize: 5 }, async (jobs) => { new Pool(); });`,
    },
  },
  once: {
    starting: {
      code: `import PgBoss from 'pg-boss';
const boss = new PgBoss('');
boss.start().then(() => { new Pool(); });`,
    },
  },
};
