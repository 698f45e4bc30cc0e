import type { Framework } from './framework.ts';

/** TypeGraphQL. Read in type-graphql 2.0.0-rc.2: decorators; `Query`, `Mutation` and `Subscription` stand with NestJS. */
export const typeGraphql: Framework = {
  name: 'TypeGraphQL',
  modules: ['type-graphql'],
  methods: [{ what: 'resolver', decorators: ['FieldResolver'] }],
};
