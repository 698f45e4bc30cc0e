import type { Framework } from './framework.ts';

/** Deno. Its declarations are in the runtime: documentation of `Deno.serve`, `Deno.cron`, std/http. */
export const deno: Framework = {
  name: 'Deno',
  modules: ['https://deno.land/', 'jsr:@std/http'],
  calls: [
    { what: 'request handler', names: ['serve'] },
    { what: 'request handler', names: ['serve'], properties: ['handler'] },
    { what: 'scheduled job', names: ['cron'] },
  ],
};
