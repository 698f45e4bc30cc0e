import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a route': {
      what: 'route handler',
      code: `import Fastify from 'fastify';
const app = Fastify();
app.get('/', async (q, r) => { new Pool(); });`,
    },
    'a route in a plugin': {
      what: 'route handler',
      code: `import type { FastifyInstance } from 'fastify';
export default async function users(f: FastifyInstance) { f.post('/', async (q, r) => { new Pool(); }); }`,
    },
    'a handler among options': {
      what: 'route handler',
      code: `import Fastify from 'fastify';
const app = Fastify();
app.route({ method: 'GET', url: '/', handler: async (q, r) => { new Pool(); } });`,
    },
    'a hook of a route': {
      what: 'route handler',
      code: `import Fastify from 'fastify';
const app = Fastify();
app.get('/', { preHandler: [async (q, r) => { new Pool(); }] }, list);`,
    },
    'a hook': {
      what: 'hook',
      code: `import Fastify from 'fastify';
const app = Fastify();
app.addHook('onRequest', async (q, r) => { new Pool(); });`,
    },
    parameters: { what: 'route handler', code: `export async function list(request, reply) { new Pool(); }` },
    'an error handler': {
      what: 'error handler',
      code: `import Fastify from 'fastify';
const app = Fastify();
app.setErrorHandler(async (error, q, r) => { new Pool(); });`,
    },
    'a type': {
      what: 'route handler',
      code: `import type { RouteHandlerMethod } from 'fastify';
export const run: RouteHandlerMethod = async (x) => { new Pool(); };`,
    },
    'a type of a hook': {
      what: 'hook',
      code: `import type { preHandlerAsyncHookHandler } from 'fastify';
export const run: preHandlerAsyncHookHandler = async (x) => { new Pool(); };`,
    },
    'short parameters': { what: 'route handler', code: `export async function list(req, reply) { new Pool(); }` },
  },
  once: {
    'a plugin': {
      code: `import Fastify from 'fastify';
const app = Fastify();
app.register(async (instance) => { instance.decorate('db', new Pool()); });`,
    },
    'being ready': {
      code: `import Fastify from 'fastify';
const app = Fastify();
app.addHook('onReady', async () => { new Pool(); });`,
    },
    closing: {
      code: `import Fastify from 'fastify';
const app = Fastify();
app.addHook('onClose', async () => { new Pool(); });`,
    },
  },
};
