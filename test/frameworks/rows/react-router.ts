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
      wrong: 'an exported list is not yet looked into',
      code: `export const middleware = [async ({ context }, next) => { new Pool(); }];`,
    },
    'a route of any path': {
      what: 'loader',
      path: 'app/pages/home.tsx',
      code: `import type { Route } from './+types/home';
export async function loader({ params }: Route.LoaderArgs) { new Pool(); }`,
    },
  },
  once: {
    'a loader in the browser': {
      path: 'app/routes/users.tsx',
      code: `export async function clientLoader() { new Pool(); }`,
    },
    'a loader of webpack': {
      path: 'src/loader.ts',
      wrong: 'the import is not asked for yet',
      code: `export function loader(options) { return new Pool(options); }`,
    },
  },
  reloads: {
    again: ['app/routes/users.tsx', 'app/root.tsx', 'src/app/db.server.ts', 'app/lib/db.server.ts'],
    never: ['app/lib/db.ts', 'src/routes/users.ts', 'server/root.ts'],
  },
};
