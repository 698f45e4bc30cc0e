import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a loader': {
      what: 'loader',
      path: 'app/routes/users.tsx',
      code: `export async function loader({ params }) { new Pool(); }`,
    },
    'an action': {
      what: 'action',
      path: 'app/root.tsx',
      code: `export const action = async ({ request }) => { new Pool(); };`,
    },
    middleware: {
      what: 'middleware',
      path: 'app/routes/users.tsx',
      code: `export const middleware = [async ({ context }, next) => { new Pool(); }];`,
    },
    'a route of any path': {
      what: 'loader',
      path: 'app/pages/home.tsx',
      code: `import type { Route } from './+types/home';
export async function loader({ params }: Route.LoaderArgs) { new Pool(); }`,
    },
    'middleware alone': {
      what: 'middleware',
      path: 'app/routes/users.tsx',
      code: `const check = async ({ context }, next) => { new Pool(); };
export { check as middleware };`,
    },
    'an action of any path': {
      what: 'action',
      path: 'app/pages/home.tsx',
      code: `import { redirect } from 'react-router';
export async function action({ params }) { new Pool(); return redirect('/'); }`,
    },
    'a load context': {
      what: 'load context',
      code: `import { createRequestHandler } from '@react-router/express';
createRequestHandler({ build, getLoadContext: async () => ({ db: new Pool() }) });`,
    },
    'the entry': {
      what: 'request handler',
      path: 'app/entry.server.tsx',
      code: `export default async function handleRequest(one) { new Pool(); }`,
    },
    'a typed loader': {
      what: 'loader',
      code: `import type { LoaderFunction } from '@remix-run/node';
export const run: LoaderFunction = async (x) => { new Pool(); };`,
    },
    'a typed action': {
      what: 'action',
      code: `import type { ActionFunction } from '@remix-run/node';
export const run: ActionFunction = async (x) => { new Pool(); };`,
    },
    'typed middleware': {
      what: 'middleware',
      code: `import type { MiddlewareFunction } from 'react-router';
export const run: MiddlewareFunction = async (x) => { new Pool(); };`,
    },
  },
  once: {
    'a loader in the browser': {
      path: 'app/routes/users.tsx',
      code: `export async function clientLoader() { new Pool(); }`,
    },
    'a loader of webpack': {
      path: 'src/loader.ts',
      code: `export function loader(options) { return new Pool(options); }`,
    },
  },
  reloads: {
    again: ['app/routes/users.tsx', 'app/root.tsx', 'src/app/db.server.ts', 'app/lib/db.server.ts'],
    never: ['app/lib/db.ts', 'src/routes/users.ts', 'server/root.ts'],
  },
};
