import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    middleware: {
      what: 'middleware',
      code: `import Koa from 'koa';
const app = new Koa();
app.use(async (c, next) => { new Pool(); });`,
    },
    'a route': {
      what: 'route handler',
      code: `import Router from '@koa/router';
const users = new Router();
users.get('/', async (c) => { new Pool(); });`,
    },
    'a named route': {
      what: 'route handler',
      code: `const Router = require('koa-router');
const users = new Router();
users.del('user', '/:id', async (c) => { new Pool(); });`,
    },
    parameters: {
      what: 'middleware',
      code: `export async function db(ctx, next) { ctx.db = new Pool(); await next(); }`,
    },
    'long parameters': {
      what: 'middleware',
      code: `export async function db(context, next) { context.db = new Pool(); await next(); }`,
    },
    'a parameter': {
      what: 'middleware',
      code: `import Router from '@koa/router';
const users = new Router();
users.param('id', async (id, c) => { new Pool(); });`,
    },
    'a type': {
      what: 'middleware',
      code: `import type { Middleware } from 'koa';
export const run: Middleware = async (x) => { new Pool(); };`,
    },
  },
  once: {
    listen: {
      code: `import Koa from 'koa';
const app = new Koa();
app.listen(80, () => { new Pool(); });`,
    },
    'middleware of Redux': {
      code: `import type { Middleware } from 'redux';
export const save: Middleware = (store) => { const db = new Pool(); return (next) => (action) => next(db, action); };`,
    },
  },
};
