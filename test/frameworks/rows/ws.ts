import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a connection': {
      what: 'connection listener',
      code: `import { WebSocketServer } from 'ws';
const sockets = new WebSocketServer({ port: 80 });
sockets.on('connection', (socket) => { new Pool(); });`,
    },
    'a message': {
      what: 'message listener',
      code: `import WebSocket from 'ws';
const one = new WebSocket('ws://x');
one.on('message', async (data) => { new Pool(); });`,
    },
    'an upgrade': {
      what: 'upgrade check',
      code: `import { WebSocketServer } from 'ws';
new WebSocketServer({ verifyClient: (info, done) => { new Pool(); } });`,
    },
  },
  once: {
    listening: {
      code: `import { WebSocketServer } from 'ws';
const sockets = new WebSocketServer({ port: 80 });
sockets.on('listening', () => { new Pool(); });`,
    },
  },
};
