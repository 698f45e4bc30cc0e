import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a route': {
      what: 'route handler',
      code: `import Hapi from '@hapi/hapi';
const server = Hapi.server();
server.route({ method: 'GET', path: '/', handler: async (q, h) => { new Pool(); } });`,
    },
    'several routes': {
      what: 'route handler',
      code: `import Hapi from '@hapi/hapi';
const server = Hapi.server();
server.route([{ method: 'GET', path: '/', options: { pre: [{ method: async (q, h) => { new Pool(); } }], handler } }]);`,
    },
    'an extension': {
      what: 'extension',
      code: `import Hapi from '@hapi/hapi';
const server = Hapi.server();
server.ext('onPreHandler', async (q, h) => { new Pool(); });`,
    },
    'a server method': {
      what: 'server method',
      code: `import Hapi from '@hapi/hapi';
const server = Hapi.server();
server.method('users', async () => { new Pool(); });`,
    },
    'a type': {
      what: 'route handler',
      code: `import type { ServerRoute } from '@hapi/hapi';
export const users: ServerRoute = { method: 'GET', path: '/', handler: async (q) => { new Pool(); } };`,
    },
  },
  once: {
    'a start': {
      code: `import Hapi from '@hapi/hapi';
const server = Hapi.server();
server.ext('onPreStart', async () => { new Pool(); });`,
    },
    'a plugin': {
      code: `import Hapi from '@hapi/hapi';
export const plugin = { name: 'db', register: async (server) => { server.app.db = new Pool(); } };`,
    },
  },
};
