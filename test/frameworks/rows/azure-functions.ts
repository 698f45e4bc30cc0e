import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a handler': {
      what: 'handler',
      code: `import { app } from '@azure/functions';
app.http('users', { methods: ['GET'], handler: async (request, context) => { new Pool(); } });`,
    },
    'a short form': {
      what: 'handler',
      code: `import { app } from '@azure/functions';
app.get('users', async (request) => { new Pool(); });`,
    },
    'version 3': {
      what: 'handler',
      path: 'users/index.js',
      code: `module.exports = async function (context, req) { new Pool(); };`,
    },
    'a hook': {
      what: 'hook',
      code: `import { app } from '@azure/functions';
app.hook.preInvocation(async (q) => { new Pool(); });`,
    },
    'a type': {
      what: 'handler',
      code: `import type { HttpHandler } from '@azure/functions';
export const run: HttpHandler = async (x) => { new Pool(); };`,
    },
  },
  once: {
    'the start': {
      code: `import { app } from '@azure/functions';
app.hook.appStart(async () => { new Pool(); });`,
    },
  },
};
