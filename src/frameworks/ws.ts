import type { Framework } from './framework.ts';

/** ws. Read in @types/ws 8.18.2: index.d.ts:135, :337, :422. */
export const ws: Framework = {
  name: 'ws',
  modules: ['ws'],
  calls: [
    {
      what: 'connection listener',
      names: ['on', 'addListener'],
      on: {
        made: ['WebSocketServer', 'Server'],
        types: ['WebSocketServer', 'Server'],
        names: ['wss', 'webSocketServer', 'wsServer'],
      },
      first: ['connection'],
    },
    {
      what: 'message listener',
      names: ['on', 'addListener'],
      on: { made: ['default', 'WebSocket'], types: ['WebSocket'], names: ['ws', 'socket'] },
      first: ['message'],
    },
    { what: 'upgrade check', names: ['WebSocketServer', 'Server'], properties: ['verifyClient', 'handleProtocols'] },
  ],
};
