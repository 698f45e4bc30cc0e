import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a route': {
      what: 'route handler',
      code: `import { Hono } from 'hono';
const app = new Hono();
app.get('/', async (c) => { new Pool(); });`,
    },
    'a chain': {
      what: 'route handler',
      code: `import { Hono } from 'hono';
export default new Hono().get('/', list).post('/', async (c) => { new Pool(); });`,
    },
    middleware: {
      what: 'middleware',
      code: `import { createMiddleware } from 'hono/factory';
export const db = createMiddleware(async (c, next) => { c.set('db', new Pool()); await next(); });`,
    },
    'an error handler': {
      what: 'error handler',
      code: `import { Hono } from 'hono';
const app = new Hono();
app.onError(async (error, c) => { new Pool(); });`,
    },
    'middleware in place': {
      what: 'middleware',
      code: `import { Hono } from 'hono';
const app = new Hono();
app.use('*', async (c, next) => { new Pool(); });`,
    },
    'handlers of a factory': {
      what: 'route handler',
      code: `import { createFactory } from 'hono/factory';
const factory = createFactory();
export const list = factory.createHandlers(check, async (c) => { new Pool(); });`,
    },
    'a socket': {
      what: 'socket handler',
      code: `import { upgradeWebSocket } from 'hono/deno';
export const chat = upgradeWebSocket((c) => { new Pool(); return {}; });`,
    },
    'a type': {
      what: 'route handler',
      code: `import type { MiddlewareHandler } from 'hono';
export const run: MiddlewareHandler = async (x) => { new Pool(); };`,
    },
  },
  once: {
    serving: {
      code: `import { serve } from '@hono/node-server';
serve({ fetch: app.fetch }, () => { new Pool(); });`,
    },
  },
};
