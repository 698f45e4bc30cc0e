import type { Driver } from './driver.ts';

/** agentkeepalive: an Agent that keeps its sockets unless told otherwise. Read in agentkeepalive 4.6.0. */
export const agentkeepalive: Driver = {
  name: 'agentkeepalive',
  modules: ['agentkeepalive'],
  exports: {
    // One class under three names: index.js; the types have the first two only.
    default: { namespace: true, new: 'agent', type: 'agent' },
    HttpAgent: { new: 'agent', type: 'agent' },
    HttpsAgent: { new: 'agent', type: 'agent' },
  },
  kinds: { agent: { owns: { what: 'pool', end: ['destroy'] } } },
};
