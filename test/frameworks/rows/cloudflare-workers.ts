import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {},
  once: {
    'a server of Bun': { code: `export default { port: 80, async fetch(request) { new Pool(); } };` },
  },
  perRequest: {
    'a worker': { code: `export default { async fetch(request, env) { new Pool(); } };` },
    'a worker by its type': {
      code: `const worker: ExportedHandler<Env> = { async fetch(request) { new Pool(); } };
export default worker;`,
    },
    'a page': { path: 'functions/users.ts', code: `export const onRequestGet = async (context) => { new Pool(); };` },
    'Hono on Workers': {
      code: `import { Hono } from 'hono';
const app = new Hono<{ Bindings: Env }>();
app.get('/', async (c) => { new Pool(); });`,
    },
    Hyperdrive: { code: `setInterval(() => { new Pool(binding.hyperdrive); }, 10);` },
    'a class': {
      code: `export class Counter extends DurableObject { async fetch(request) { setInterval(() => { new Pool(); }, 10); } }`,
    },
    'middleware of Pages': {
      path: 'functions/_middleware.ts',
      code: `export const onRequest = async (context) => { new Pool(); };`,
    },
    'a worker of Pages': { path: 'public/_worker.js', code: `setInterval(() => { new Pool(); }, 10);` },
    types: {
      code: `import type { Request } from '@cloudflare/workers-types';
setInterval(() => { new Pool(); }, 10);`,
    },
    modules: {
      code: `import { connect } from 'cloudflare:sockets';
setInterval(() => { new Pool(); }, 10);`,
    },
    'bindings of Hono': {
      code: `const urlOf = (c) => c.env.DATABASE_URL;
setInterval(() => { new Pool(); }, 10);`,
    },
    'bindings of SvelteKit': {
      code: `const urlOf = ({ platform }) => platform?.env;
setInterval(() => { new Pool(); }, 10);`,
    },
    'bindings of Nitro': {
      code: `const urlOf = (event) => event.context.cloudflare.env;
setInterval(() => { new Pool(); }, 10);`,
    },
    'bindings of OpenNext': {
      code: `const { env } = getCloudflareContext();
setInterval(() => { new Pool(); }, 10);`,
    },
  },
};
