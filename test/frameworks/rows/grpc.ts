import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a method': {
      what: 'service method',
      code: `import { Server } from '@grpc/grpc-js';
const server = new Server();
server.addService(definition, { getUser: async (call, callback) => { new Pool(); } });`,
    },
    'a type': {
      what: 'service method',
      code: `import type { handleUnaryCall } from '@grpc/grpc-js';
export const getUser: handleUnaryCall<In, Out> = async (call, callback) => { new Pool(); };`,
    },
  },
  once: {
    binding: {
      code: `import { Server } from '@grpc/grpc-js';
const server = new Server();
server.bindAsync('0.0.0.0:80', credentials, () => { new Pool(); });`,
    },
  },
};
