import type { Framework } from './framework.ts';

/** Socket.IO. Read in socket.io 4.8.4: dist/index.d.ts:343-361, namespace.d.ts:115, socket.d.ts:458, typed-events.d.ts:79. */
export const socketIo: Framework = {
  name: 'Socket.IO',
  modules: ['socket.io'],
  calls: [
    {
      what: 'connection listener',
      names: ['on'],
      on: { made: ['default', 'Server'], types: ['Server', 'Namespace'], names: ['io', 'nsp', 'namespace'] },
      first: ['connection', 'connect'],
    },
    {
      what: 'middleware',
      names: ['use'],
      on: {
        made: ['default', 'Server'],
        types: ['Server', 'Namespace', 'Socket'],
        names: ['io', 'nsp', 'namespace', 'socket'],
      },
    },
    { what: 'socket listener', names: ['on'], on: { made: [], types: ['Socket'], names: ['socket'] } },
  ],
};
