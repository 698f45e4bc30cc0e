import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a procedure': {
      what: 'procedure',
      code: `import { initTRPC } from '@trpc/server';
const t = initTRPC.context().create();
export const users = t.procedure.input(schema).query(async ({ input }) => { new Pool(); });`,
    },
    'a procedure of elsewhere': {
      what: 'procedure',
      code: `import { publicProcedure } from '../trpc.ts';
export const users = publicProcedure.input(schema).mutation(async ({ ctx, input }) => { new Pool(); });`,
    },
    middleware: {
      what: 'middleware',
      code: `import { initTRPC } from '@trpc/server';
const t = initTRPC.create();
export const db = t.middleware(async ({ next }) => next({ ctx: { db: new Pool() } }));`,
    },
    'a context': {
      what: 'context factory',
      code: `import { createHTTPServer } from '@trpc/server/adapters/standalone';
createHTTPServer({ router, createContext: async () => ({ db: new Pool() }) });`,
    },
    'a context of its own file': {
      what: 'context factory',
      path: 'src/context.ts',
      code: `import type { CreateExpressContextOptions } from '@trpc/server/adapters/express';
export const createContext = async ({ req }: CreateExpressContextOptions) => ({ db: new Pool() });`,
    },
    'middleware of a procedure': {
      what: 'middleware',
      code: `import { initTRPC } from '@trpc/server';
const t = initTRPC.create();
export const authed = t.procedure.use(async ({ next }) => { new Pool(); return next(); });`,
    },
  },
  once: {
    'a context of React': {
      path: 'src/context.ts',
      code: `export const createContext = () => new Pool();`,
    },
  },
};
