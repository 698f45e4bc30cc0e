import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a route': {
      what: 'route handler',
      code: `import express from 'express';
const app = express();
app.get('/', async (req, res) => { new Pool(); });`,
    },
    'a route of a router': {
      what: 'route handler',
      code: `import { Router } from 'express';
const users = Router();
users.route('/').post(check, async (q, s) => { new Pool(); });`,
    },
    CommonJS: {
      what: 'route handler',
      code: `const express = require('express');
const users = express.Router();
users.delete('/', async (q, s) => { new Pool(); });`,
    },
    middleware: {
      what: 'middleware',
      code: `import express from 'express';
const app = express();
app.use(async (q, s, next) => { new Pool(); });`,
    },
    'a named handler': {
      what: 'route handler',
      code: `import express from 'express';
const app = express();
app.get('/', list);
async function list(q, s) { new Pool(); }`,
    },
    'a wrapped handler': {
      what: 'route handler',
      code: `import express from 'express';
const app = express();
app.get('/', asyncHandler(async (q, s) => { new Pool(); }));`,
    },
    'what a handler calls': {
      what: 'route handler',
      code: `import express from 'express';
const app = express();
app.get('/', (q, s) => { load(); });
function load() { new Pool(); }`,
    },
    'a type': {
      what: 'request handler',
      code: `import type { RequestHandler } from 'express';
export const list: RequestHandler = async (q, s) => { new Pool(); };`,
    },
    parameters: { what: 'request handler', code: `export async function list(req, res) { new Pool(); }` },
    'long parameters': {
      what: 'request handler',
      code: `export async function list(request, response) { new Pool(); }`,
    },
    'parameters of an error handler': {
      what: 'error handler',
      code: `export async function fail(err, req, res, next) { new Pool(); }`,
    },
  },
  once: {
    listen: {
      code: `import express from 'express';
const app = express();
app.listen(80, () => { new Pool(); });`,
    },
    'a factory of routers': {
      code: `import { Router } from 'express';
export function users() { const db = new Pool(); return Router(); }`,
    },
    'a factory of middleware': {
      code: `import express from 'express';
const app = express();
function auth() { const db = new Pool(); return (q, s, next) => next(db); }
app.use(auth());`,
    },
    'a map with the same verb': {
      code: `const cache = new Map();
cache.get('/', () => { new Pool(); });`,
    },
  },
};
