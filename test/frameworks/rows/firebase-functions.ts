import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'second generation': {
      what: 'function',
      code: `import { onRequest } from 'firebase-functions/v2/https';
export const users = onRequest({ cors: true }, async (q, s) => { new Pool(); });`,
    },
    'first generation': {
      what: 'function',
      code: `import * as functions from 'firebase-functions';
exports.users = functions.https.onRequest(async (q, s) => { new Pool(); });`,
    },
    'a chain': {
      what: 'function',
      code: `import * as functions from 'firebase-functions';
exports.users = functions.region('x').firestore.document('users/{id}').onCreate(async (snapshot) => { new Pool(); });`,
    },
    'a schedule': {
      what: 'function',
      code: `import { onSchedule } from 'firebase-functions/v2/scheduler';
export const sync = onSchedule('every day', async (event) => { new Pool(); });`,
    },
  },
  once: {
    'the start': {
      code: `import { onInit } from 'firebase-functions';
onInit(() => { new Pool(); });`,
    },
  },
};
