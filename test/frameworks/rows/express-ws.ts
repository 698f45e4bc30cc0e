import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a socket': {
      what: 'socket handler',
      code: `import expressWs from 'express-ws';
const { app } = expressWs(express());
app.ws('/', (socket, request) => { new Pool(); });`,
    },
  },
  once: {
    'set-up': {
      code: `import expressWs from 'express-ws';
export function start() { const db = new Pool(); expressWs(app); return db; }`,
    },
  },
};
