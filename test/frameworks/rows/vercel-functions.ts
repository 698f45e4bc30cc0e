import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a function': {
      what: 'function',
      path: 'api/users.ts',
      code: `import type { VercelRequest } from '@vercel/node';
export default async function users(q: VercelRequest, s) { new Pool(); }`,
    },
    'a type': {
      what: 'function',
      code: `import type { VercelApiHandler } from '@vercel/node';
const users: VercelApiHandler = async (q, s) => { new Pool(); };`,
    },
  },
  once: {
    'a registrar in a folder of the same name': {
      path: 'src/api/users.ts',
      code: `export default function (app) { app.set('db', new Pool()); }`,
    },
  },
  perRequest: {
    'the edge': {
      path: 'api/users.ts',
      code: `import { geolocation } from '@vercel/functions';
export const config = { runtime: 'edge' };
export default async function users(request) { new Pool(); }`,
    },
  },
};
