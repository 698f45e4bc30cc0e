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
