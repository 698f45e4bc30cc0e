import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a connection': {
      what: 'connection listener',
      code: `import { Server } from 'socket.io';
const io = new Server();
io.on('connection', (socket) => { new Pool(); });`,
    },
    'a message': {
      what: 'socket listener',
      code: `import type { Socket } from 'socket.io';
export function listen(one: Socket) { one.on('chat', async (text) => { new Pool(); }); }`,
    },
    'a namespace': {
      what: 'connection listener',
      code: `import { Server } from 'socket.io';
const io = new Server();
io.of('/admin').on('connection', (socket) => { new Pool(); });`,
    },
    middleware: {
      what: 'middleware',
      code: `import { Server } from 'socket.io';
const io = new Server();
io.use(async (socket, next) => { new Pool(); next(); });`,
    },
  },
  once: {
    closing: {
      code: `import { Server } from 'socket.io';
const io = new Server();
io.close(() => { new Pool(); });`,
    },
  },
};
