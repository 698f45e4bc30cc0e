import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a function': {
      what: 'function',
      path: 'netlify/functions/users.ts',
      code: `export default async (request, context) => { new Pool(); };`,
    },
    'a schedule': {
      what: 'scheduled function',
      code: `import { schedule } from '@netlify/functions';
export const handler = schedule('@daily', async () => { new Pool(); });`,
    },
    'a type': {
      what: 'function',
      code: `import type { Handler } from '@netlify/functions';
export const users: Handler = async (event) => { new Pool(); };`,
    },
    'a stream': {
      what: 'function',
      code: `import { stream } from '@netlify/functions';
export const run = stream(async (q) => { new Pool(); });`,
    },
    'a type of its own': {
      what: 'function',
      code: `import type { BackgroundHandler } from '@netlify/functions';
export const run: BackgroundHandler = async (x) => { new Pool(); };`,
    },
  },
  once: {
    'a helper': { path: 'netlify/functions/lib/db.ts', code: `export function makePool() { return new Pool(); }` },
  },
  perRequest: {
    'an edge function': {
      path: 'netlify/edge-functions/users.ts',
      code: `export default async (request, context) => { new Pool(); };`,
    },
  },
};
