import type { Framework } from './framework.ts';

/** GraphQL Yoga. Read in graphql-yoga 5.24.1: typings/server.d.ts:35, :169, schema.d.ts:3. */
export const graphqlYoga: Framework = {
  name: 'GraphQL Yoga',
  modules: ['graphql-yoga'],
  calls: [
    { what: 'context factory', names: ['createYoga'], properties: ['context'] },
    { what: 'resolver', names: ['createSchema'], properties: ['resolvers'], anywhere: true },
  ],
};
