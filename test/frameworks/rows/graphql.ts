import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a schema': {
      what: 'resolver',
      code: `import { makeExecutableSchema } from '@graphql-tools/schema';
makeExecutableSchema({ typeDefs, resolvers: { Query: { users: async () => { new Pool(); } } } });`,
    },
    'a field': {
      what: 'resolver',
      code: `import { GraphQLObjectType } from 'graphql';
new GraphQLObjectType({ name: 'Query', fields: { users: { type, resolve: async () => { new Pool(); } } } });`,
    },
    'a field in a thunk': {
      what: 'resolver',
      code: `import { GraphQLObjectType } from 'graphql';
new GraphQLObjectType({ name: 'Query', fields: () => ({ users: { type, resolve: async () => { new Pool(); } } }) });`,
    },
    'a file of resolvers': {
      what: 'resolver',
      path: 'src/graphql/resolvers.ts',
      code: `export const resolvers = { Query: { users: async () => { new Pool(); } } };`,
    },
    'a typed map': {
      what: 'resolver',
      code: `import type { IResolvers } from '@graphql-tools/utils';
const map: IResolvers = { Query: { users: async () => { new Pool(); } } };`,
    },
  },
  once: {
    'a thunk of fields': {
      code: `import { GraphQLObjectType } from 'graphql';
new GraphQLObjectType({ name: 'Query', fields: () => { const db = new Pool(); return fieldsOf(db); } });`,
    },
  },
};
