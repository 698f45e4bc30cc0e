import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {},
  once: {
    'a server of Bun': {
      wrong: 'the import is not asked for yet',
      code: `export default { port: 80, async fetch(request) { new Pool(); } };`,
    },
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
    Hyperdrive: {
      code: `import { Hono } from 'hono';
const app = new Hono();
app.get('/', async (c) => { new Pool({ connectionString: c.env.HYPERDRIVE.connectionString }); });`,
    },
  },
};
