import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a context': {
      what: 'context factory',
      code: `import { createYoga } from 'graphql-yoga';
createYoga({ schema, context: async () => ({ db: new Pool() }) });`,
    },
    'a resolver': {
      what: 'resolver',
      code: `import { createSchema } from 'graphql-yoga';
createSchema({ typeDefs, resolvers: { Query: { users: async () => { new Pool(); } } } });`,
    },
  },
  once: {
    'a value for all': {
      code: `import { createYoga } from 'graphql-yoga';
createYoga({ schema, context: { db: new Pool() } });`,
    },
  },
};
