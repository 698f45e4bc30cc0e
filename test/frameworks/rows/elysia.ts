import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a route': {
      what: 'route handler',
      code: `import { Elysia } from 'elysia';
new Elysia().get('/', () => 'ok').post('/users', async () => { new Pool(); });`,
    },
    'a derived value': {
      what: 'hook',
      code: `import { Elysia } from 'elysia';
const app = new Elysia().derive(() => ({ db: new Pool() }));`,
    },
    'a socket': {
      what: 'socket handler',
      code: `import { Elysia } from 'elysia';
new Elysia().ws('/', { message(socket, text) { new Pool(); } });`,
    },
  },
  once: {
    'a start': {
      code: `import { Elysia } from 'elysia';
new Elysia().onStart(() => { new Pool(); });`,
    },
    'a decoration': {
      code: `import { Elysia } from 'elysia';
new Elysia().decorate('db', new Pool());`,
    },
  },
};
