import type { Framework } from './framework.ts';

/** Bun. Read in bun-types 1.4.5: serve.d.ts:741-819. */
export const bun: Framework = {
  name: 'Bun',
  modules: ['bun'],
  calls: [
    {
      what: 'request handler',
      names: ['serve'],
      properties: ['fetch', 'routes', 'websocket', 'error'],
      anywhere: true,
    },
  ],
};
