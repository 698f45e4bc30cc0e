import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a resolver': {
      what: 'resolver',
      code: `import { ApolloServer } from '@apollo/server';
new ApolloServer({ typeDefs, resolvers: { Query: { users: async () => { new Pool(); } } } });`,
    },
    'a resolver map': {
      what: 'resolver',
      code: `import { ApolloServer } from '@apollo/server';
const resolvers = { Query: { users: async () => { new Pool(); } } };
new ApolloServer({ typeDefs, resolvers });`,
    },
    'a context': {
      what: 'context factory',
      code: `import { startStandaloneServer } from '@apollo/server/standalone';
startStandaloneServer(server, { context: async () => ({ db: new Pool() }) });`,
    },
    'a plugin at each request': {
      what: 'plugin',
      code: `import { ApolloServer } from '@apollo/server';
new ApolloServer({ plugins: [{ async requestDidStart() { new Pool(); } }] });`,
    },
    'a context of version 3': {
      what: 'context factory',
      code: `import { ApolloServer } from 'apollo-server-express';
new ApolloServer({ schema, context: ({ req }) => ({ db: new Pool() }) });`,
    },
  },
  once: {
    'a plugin at the start': {
      code: `import { ApolloServer } from '@apollo/server';
new ApolloServer({ plugins: [{ async serverWillStart() { new Pool(); } }] });`,
    },
  },
};
