import type { Framework } from './framework.ts';

/** tRPC. Read in @trpc/server 11.25.2: dist/unstable-core-do-not-import*.d.mts, dist/adapters. */
export const trpc: Framework = {
  name: 'tRPC',
  modules: ['@trpc/server', '@trpc/server/', '@trpc/next'],
  calls: [
    // ProcedureBuilder: every chain ends in one of these.
    {
      what: 'procedure',
      names: ['query', 'mutation', 'subscription'],
      on: { made: ['initTRPC'], names: ['procedure'] },
    },
    { what: 'middleware', names: ['use'], on: { made: ['initTRPC'], names: ['procedure'] } },
    { what: 'middleware', names: ['middleware'], on: { made: ['initTRPC'], names: ['trpc'] } },
    {
      what: 'context factory',
      // dist/adapters/*.d.mts.
      names: [
        'createHTTPServer',
        'createHTTPHandler',
        'createHTTP2Handler',
        'createExpressMiddleware',
        'createNextApiHandler',
        'fetchRequestHandler',
        'nodeHTTPRequestHandler',
        'awsLambdaRequestHandler',
        'awsLambdaStreamingRequestHandler',
        'applyWSSHandler',
        'getWSConnectionHandler',
      ],
      properties: ['createContext', 'onError', 'responseMeta'],
    },
  ],
  files: [
    {
      what: 'context factory',
      path: '\\.[cm]?[jt]sx?$',
      imports: true,
      exports: ['createContext', 'createTRPCContext', 'createContextInner', 'createInnerTRPCContext'],
    },
  ],
};
