import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a server': { what: 'request handler', code: `Bun.serve({ port: 3000, async fetch(request) { new Pool(); } });` },
    'a route': {
      what: 'request handler',
      code: `Bun.serve({ routes: { '/users': { GET: async () => { new Pool(); } } } });`,
    },
  },
  once: {
    'a file': { code: `Bun.file('x').text().then(() => { new Pool(); });` },
  },
};
