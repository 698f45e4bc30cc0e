import type { Driver } from './driver.ts';

/** memjs: a socket for each server. Read in memjs 1.3.2. */
export const memjs: Driver = {
  name: 'memjs',
  modules: ['memjs'],
  exports: {
    default: { namespace: true },
    // `is` for the static `Client.create(servers)`: lib/memjs/memjs.js:72.
    Client: { is: 'clientClass', type: 'client' },
  },
  kinds: {
    clientClass: { members: { create: 'client' }, builds: ['create'] },
    // quit() waits for what is under way, close() does not; neither is a promise: lib/memjs/memjs.js:774-801.
    client: { owns: { what: 'pool', end: ['quit', 'close'] } },
  },
};
