import type { Framework } from './framework.ts';

/** GraphQL.js and graphql-tools. Read in graphql 16.15.0, @graphql-tools/schema 10.1.5, utils 12.1.0. */
export const graphql: Framework = {
  name: 'GraphQL',
  modules: ['graphql', 'graphql/', '@graphql-tools/'],
  // Apollo Client and urql want `graphql`, too; who serves it names a server.
  packages: [],
  calls: [
    // schema/typings/types.d.ts:17.
    {
      what: 'resolver',
      names: ['makeExecutableSchema', 'addResolversToSchema'],
      properties: ['resolvers'],
      anywhere: true,
    },
    {
      what: 'resolver',
      // type/definition.d.ts:2096-2161. The thunk of `fields` runs once.
      names: ['GraphQLObjectType', 'GraphQLInterfaceType', 'GraphQLUnionType'],
      properties: ['resolve', 'subscribe', 'resolveType', 'isTypeOf'],
      anywhere: true,
    },
  ],
  files: [
    {
      what: 'resolver',
      path: '(?:^|[/._-])resolvers?(?:/|[._-]|$)',
      exports: [],
      objects: ['default', 'resolvers', 'Query', 'Mutation', 'Subscription'],
    },
  ],
  // type/definition.d.ts:2030, utils/typings/Interfaces.d.ts:191-229.
  types: [{ what: 'resolver', names: ['GraphQLFieldResolver', 'IResolvers', 'IFieldResolver'] }],
};
