import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a handler': {
      what: 'event handler',
      code: `import { defineEventHandler } from 'h3';
export default defineEventHandler(async (event) => { new Pool(); });`,
    },
    'imported by Nitro': {
      what: 'event handler',
      path: 'server/api/users.ts',
      code: `export default defineEventHandler(async (event) => { new Pool(); });`,
    },
    'an object': {
      what: 'event handler',
      code: `import { eventHandler } from 'h3';
export default eventHandler({ handler: async (event) => { new Pool(); } });`,
    },
    'a router': {
      what: 'route handler',
      code: `import { H3 } from 'h3';
const app = new H3();
app.get('/', async (event) => { new Pool(); });`,
    },
    'a task': {
      what: 'task',
      path: 'server/jobs/sync.ts',
      code: `export default defineTask({ async run() { new Pool(); } });`,
    },
  },
  once: {
    'a plugin': {
      path: 'server/plugins/db.ts',
      code: `export default defineNitroPlugin((nitroApp) => { new Pool(); });`,
    },
    'a registrar of Express in the same folder': {
      path: 'server/routes/users.js',
      code: `export default function (app) { const db = new Pool(); app.set('db', db); }`,
    },
    'a lazy handler': {
      code: `import { defineLazyEventHandler, defineEventHandler } from 'h3';
export default defineLazyEventHandler(async () => { const db = new Pool(); return defineEventHandler(() => db.query('SELECT 1')); });`,
    },
  },
};
