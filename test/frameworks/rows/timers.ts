import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'an interval': { what: 'callback', code: `setInterval(async () => { new Pool(); }, 1000);` },
    'an import': {
      what: 'callback',
      code: `import { setInterval } from 'node:timers';
setInterval(poll, 1000);
async function poll() { new Pool(); }`,
    },
  },
  once: {
    'a timeout': { code: `setTimeout(() => { new Pool(); }, 1000);` },
    'a function of the same name': {
      code: `import { setInterval } from './clock.ts';
setInterval(() => { new Pool(); });`,
    },
  },
};
