import type { Driver } from './driver.ts';

/** Agents that go through a proxy; subclasses of node's. Read in version 9.1.0 of the first two, 8.0.2 and 10.1.0. */
export const proxyAgents: Driver = {
  name: 'proxy-agents',
  modules: ['https-proxy-agent', 'http-proxy-agent', 'proxy-agent', 'socks-proxy-agent'],
  exports: {
    // Before version 6 a function that works with and without `new`: https-proxy-agent 5.0.1 dist/index.js:6-13.
    default: { namespace: true, new: 'agent', call: 'agent', type: 'agent' },
    HttpsProxyAgent: { new: 'agent', type: 'agent' },
    HttpProxyAgent: { new: 'agent', type: 'agent' },
    ProxyAgent: { new: 'agent', type: 'agent' },
    SocksProxyAgent: { new: 'agent', type: 'agent' },
  },
  kinds: { agent: { owns: { what: 'pool', end: ['destroy'], keepsWith: 'keepAlive' } } },
};
