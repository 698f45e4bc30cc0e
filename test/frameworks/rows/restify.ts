import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a route': {
      what: 'route handler',
      code: `import restify from 'restify';
const server = restify.createServer();
server.del('/', async (q, s) => { new Pool(); });`,
    },
    middleware: {
      what: 'middleware',
      code: `import restify from 'restify';
const server = restify.createServer();
server.pre(async (q, s) => { new Pool(); });`,
    },
    'a type': {
      what: 'route handler',
      code: `import type { RequestHandler } from 'restify';
export const run: RequestHandler = async (x) => { new Pool(); };`,
    },
  },
  once: {
    listening: {
      code: `import restify from 'restify';
const server = restify.createServer();
server.listen(80, () => { new Pool(); });`,
    },
  },
};
