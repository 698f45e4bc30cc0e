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
    'a cached function': {
      what: 'cached function',
      code: `import { defineCachedFunction } from 'nitropack/runtime';
export const load = defineCachedFunction(async () => { new Pool(); });`,
    },
    'an error handler': {
      what: 'error handler',
      code: `export default defineNitroErrorHandler((error, event) => { new Pool(); });`,
    },
    'a renderer': { what: 'renderer', code: `export default defineRenderHandler(async (event) => { new Pool(); });` },
    'a socket': {
      what: 'socket handler',
      code: `export default defineWebSocketHandler({ async message(peer, text) { new Pool(); } });`,
    },
    middleware: {
      what: 'middleware',
      code: `import { createApp } from 'h3';
const web = createApp();
web.use(async (event) => { new Pool(); });`,
    },
    'a hook of Nitro': {
      what: 'hook',
      code: `import { useNitroApp } from 'nitropack/runtime';
useNitroApp().hooks.hook('request', async (event) => { new Pool(); });`,
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
