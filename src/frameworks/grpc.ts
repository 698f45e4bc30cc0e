import type { Framework } from './framework.ts';

/** gRPC. Read in @grpc/grpc-js 1.14.7: build/src/server.d.ts:58, server-call.d.ts:107-110. */
export const grpc: Framework = {
  name: 'gRPC',
  modules: ['@grpc/grpc-js', 'grpc'],
  calls: [
    {
      what: 'service method',
      names: ['addService'],
      on: { made: ['Server'], types: ['Server'], names: ['server'] },
      anywhere: true,
    },
  ],
  types: [
    {
      what: 'service method',
      names: [
        'handleUnaryCall',
        'handleClientStreamingCall',
        'handleServerStreamingCall',
        'handleBidiStreamingCall',
        'UntypedServiceImplementation',
      ],
    },
  ],
};
