import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a server': { what: 'request handler', code: `Deno.serve(async (request) => { new Pool(); });` },
    'options first': { what: 'request handler', code: `Deno.serve({ port: 80 }, async (request) => { new Pool(); });` },
    'a scheduled job': { what: 'scheduled job', code: `Deno.cron('sync', '* * * * *', async () => { new Pool(); });` },
    'a handler among options': {
      what: 'request handler',
      code: `Deno.serve({ port: 80, handler: async (q) => { new Pool(); } });`,
    },
  },
  once: {
    listening: { code: `Deno.serve({ onListen() { new Pool(); } }, handle);` },
  },
};
