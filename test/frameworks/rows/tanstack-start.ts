import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a server function': {
      what: 'server function',
      code: `import { createServerFn } from '@tanstack/react-start';
export const users = createServerFn({ method: 'GET' }).handler(async () => { new Pool(); });`,
    },
    'a validated one': {
      what: 'server function',
      code: `import { createServerFn } from '@tanstack/react-start';
export const users = createServerFn().validator(schema).handler(async ({ data }) => { new Pool(); });`,
    },
    'a server route': {
      what: 'server route',
      code: `import { createFileRoute } from '@tanstack/react-router';
export const Route = createFileRoute('/users')({ server: { handlers: { GET: async () => { new Pool(); } } } });`,
    },
    middleware: {
      what: 'middleware',
      code: `import { createMiddleware } from '@tanstack/react-start';
export const db = createMiddleware().server(async ({ next }) => { new Pool(); return next(); });`,
    },
    'a function for the server only': {
      what: 'server function',
      code: `import { createServerOnlyFn } from '@tanstack/react-start';
export const db = createServerOnlyFn(() => new Pool());`,
    },
    'a server route of 1.131': {
      what: 'server route',
      code: `import { createServerFileRoute } from '@tanstack/react-start/server';
export const ServerRoute = createServerFileRoute('/users').methods({ GET: async () => { new Pool(); } });`,
    },
  },
  once: {
    'a client': {
      code: `import { createMiddleware } from '@tanstack/react-start';
export const db = createMiddleware().client(async ({ next }) => { new Pool(); return next(); });`,
    },
  },
};
