import type { Framework } from './framework.ts';

/** Apollo Server. Read in @apollo/server 5.5.1, @as-integrations/express5 1.1.2, apollo-server 3.13.0. */
export const apolloServer: Framework = {
  name: 'Apollo Server',
  modules: [
    '@apollo/server',
    '@apollo/server/',
    '@as-integrations/',
    'apollo-server',
    'apollo-server-express',
    'apollo-server-lambda',
  ],
  calls: [
    { what: 'resolver', names: ['ApolloServer'], properties: ['resolvers'], anywhere: true },
    {
      what: 'plugin',
      // externalTypes/plugins.d.ts:23-31. Once: serverWillStart, drainServer, startupDidFail.
      names: ['ApolloServer'],
      properties: [
        'requestDidStart',
        'unexpectedErrorProcessingRequest',
        'contextCreationDidFail',
        'invalidRequestWasReceived',
      ],
      anywhere: true,
    },
    // Version 3: apollo-server-core/dist/types.d.ts:41.
    { what: 'context factory', names: ['ApolloServer'], properties: ['context', 'dataSources', 'formatError'] },
    {
      what: 'context factory',
      // standalone/index.d.ts:10-18; the integrations take the same option.
      names: [
        'startStandaloneServer',
        'expressMiddleware',
        'koaMiddleware',
        'fastifyApolloHandler',
        'startServerAndCreateNextHandler',
        'startServerAndCreateLambdaHandler',
      ],
      properties: ['context'],
    },
  ],
};
