import type { Driver } from './driver.ts';
import { agentLimits } from './limits/node-http.ts';

/** The Agents of node:http and node:https. Read and run on Node 20.20.2. */
export const nodeHttp: Driver = {
  name: 'node:http',
  modules: ['http', 'https', 'node:http', 'node:https'],
  exports: {
    default: { namespace: true },
    Agent: { new: 'agent', type: 'agent' },
    globalAgent: { is: 'agent' },
  },
  kinds: {
    // Without `keepAlive` it closes each socket, and the sockets that globalAgent keeps (from Node 19 on) go unused.
    agent: { limits: agentLimits, owns: { what: 'pool', end: ['destroy'], keepsWith: 'keepAlive' } },
  },
};
