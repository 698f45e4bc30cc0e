import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'an endpoint': {
      what: 'endpoint',
      path: 'src/routes/api/+server.ts',
      code: `export const GET = async () => { new Pool(); };`,
    },
    'a load function': {
      what: 'load function',
      path: 'src/routes/users/+page.server.ts',
      code: `export async function load() { new Pool(); }`,
    },
    'a form action': {
      what: 'form action',
      path: 'src/routes/users/+page.server.ts',
      code: `export const actions = { default: async ({ request }) => { new Pool(); } };`,
    },
    'a typed form action': {
      what: 'form action',
      path: 'src/routes/+page.server.ts',
      code: `import type { Actions } from './$types';
export const actions = { save: async ({ request }) => { new Pool(); } } satisfies Actions;`,
    },
    'a hook': {
      what: 'hook',
      path: 'src/hooks.server.ts',
      code: `export async function handle({ event, resolve }) { new Pool(); return resolve(event); }`,
    },
    'a remote function': {
      what: 'remote function',
      path: 'src/routes/users.remote.ts',
      code: `import { query } from '$app/server';
export const users = query(async () => { new Pool(); });`,
    },
    'a sequence': {
      what: 'hook',
      code: `import { sequence } from '@sveltejs/kit/hooks';
export const steps = sequence(check, async ({ event }) => { new Pool(); });`,
    },
    'a batch': {
      what: 'remote function',
      code: `import { query } from '$app/server';
export const users = query.batch(schema, async (ids) => { new Pool(); });`,
    },
    'a typed hook': {
      what: 'hook',
      code: `import type { HandleFetch } from '@sveltejs/kit';
export const run: HandleFetch = async (x) => { new Pool(); };`,
    },
    'a typed endpoint': {
      what: 'endpoint',
      code: `import type { RequestHandler } from './$types';
export const run: RequestHandler = async (x) => { new Pool(); };`,
    },
    'a typed load function': {
      what: 'load function',
      code: `import type { PageServerLoad } from './$types';
export const run: PageServerLoad = async (x) => { new Pool(); };`,
    },
    'a typed map of actions': {
      what: 'form action',
      code: `import type { Actions } from './$types';
const saving = { save: async ({ request }) => { new Pool(); } } satisfies Actions;`,
    },
  },
  once: {
    initialisation: {
      path: 'src/hooks.server.ts',
      code: `export async function init() { globalThis.db = new Pool(); }`,
    },
    entries: {
      path: 'src/routes/users/+page.server.ts',
      code: `export async function entries() { new Pool(); return []; }`,
    },
    'an action of Redux': {
      code: `import type { Action } from 'redux';
export const start: Action = () => { new Pool(); };`,
    },
  },
  reloads: {
    again: ['src/routes/users/+page.server.ts', 'src/hooks.server.ts', 'src/lib/server/db.ts'],
    never: ['src/lib/db.ts', 'src/route.ts', 'src/hooks.client.ts'],
  },
};
