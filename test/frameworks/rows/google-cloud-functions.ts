import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    HTTP: {
      what: 'function',
      code: `import * as functions from '@google-cloud/functions-framework';
functions.http('users', async (q, s) => { new Pool(); });`,
    },
    'an event': {
      what: 'function',
      code: `const { cloudEvent } = require('@google-cloud/functions-framework');
cloudEvent('users', async (event) => { new Pool(); });`,
    },
    'a type': {
      what: 'function',
      code: `import type { HttpFunction } from '@google-cloud/functions-framework';
export const run: HttpFunction = async (x) => { new Pool(); };`,
    },
  },
  once: {
    'module code': {
      code: `import * as functions from '@google-cloud/functions-framework';
const db = new Pool();
functions.http('users', async (q, s) => { s.send(db); });`,
    },
  },
};
