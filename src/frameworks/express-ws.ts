import type { Framework } from './framework.ts';

/** express-ws. Read in @types/express-ws 3.0.6. */
export const expressWs: Framework = {
  name: 'express-ws',
  modules: ['express-ws'],
  calls: [
    {
      what: 'socket handler',
      // WithWebsocketMethod, index.d.ts:40: called for each connection.
      names: ['ws'],
      on: { made: ['default'], names: ['app', 'router'] },
    },
  ],
};
