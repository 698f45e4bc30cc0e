import type { Driver, Ownership } from './driver.ts';
import { undiciClientLimits, undiciPoolLimits } from './limits/undici.ts';

const owns: Ownership = {
  what: 'pool',
  // close() waits for what is under way, destroy() does not: types/dispatcher.d.ts:36-42.
  end: ['close', 'destroy'],
  awaitEnd: true,
};

/** undici: each dispatcher keeps its sockets; none emits `error`. Read in undici 8.12.4, 7.30.2 and 6.29.1. */
export const undici: Driver = {
  name: 'undici',
  modules: ['undici'],
  exports: {
    // CommonJS names only: index.js.
    default: { namespace: true },
    Agent: { new: 'dispatcher', type: 'dispatcher' },
    Pool: { new: 'dispatcher', type: 'dispatcher' },
    BalancedPool: { new: 'dispatcher', type: 'dispatcher' },
    RoundRobinPool: { new: 'dispatcher', type: 'dispatcher' },
    ProxyAgent: { new: 'dispatcher', type: 'dispatcher' },
    Socks5ProxyAgent: { new: 'dispatcher', type: 'dispatcher' },
    EnvHttpProxyAgent: { new: 'dispatcher', type: 'dispatcher' },
    H2CClient: { new: 'client', type: 'client' },
    Client: { new: 'client', type: 'client' },
    // Around a dispatcher that somebody else made.
    RetryAgent: { new: 'wrapper', type: 'wrapper' },
    Dispatcher: { type: 'dispatcher' },
  },
  kinds: {
    dispatcher: { limits: undiciPoolLimits, owns },
    // One origin; one socket, or with pipelining still one.
    client: { limits: undiciClientLimits, owns: { ...owns, what: 'connection', shared: true } },
    wrapper: {},
  },
};
