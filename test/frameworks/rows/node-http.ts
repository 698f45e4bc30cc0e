import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a server': {
      what: 'request listener',
      code: `import http from 'node:http';
http.createServer(async (q, s) => { new Pool(); }).listen(80);`,
    },
    'a named one': {
      what: 'request listener',
      code: `import { createServer } from 'http';
createServer({ keepAlive: true }, handle);
async function handle(q, s) { new Pool(); }`,
    },
    'an event': {
      what: 'request listener',
      code: `import { createServer } from 'node:https';
const web = createServer();
web.on('request', async (q, s) => { new Pool(); });`,
    },
    'a type': {
      what: 'request listener',
      code: `import type { RequestListener } from 'node:http';
export const run: RequestListener = async (x) => { new Pool(); };`,
    },
  },
  once: {
    listening: {
      code: `import http from 'node:http';
const server = http.createServer();
server.listen(80, () => { new Pool(); });`,
    },
    'the event of listening': {
      code: `import http from 'node:http';
const server = http.createServer();
server.on('listening', () => { new Pool(); });`,
    },
  },
};
