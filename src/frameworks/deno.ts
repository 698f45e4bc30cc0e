import type { Framework, Receiver } from './framework.ts';

const runtime: Receiver = { made: [], names: ['Deno'] };

/** Deno. Its declarations are in the runtime: documentation of `Deno.serve`, `Deno.cron` and std/http. */
export const deno: Framework = {
  name: 'Deno',
  modules: ['https://deno.land/', 'jsr:@std/http'],
  calls: [
    { what: 'request handler', names: ['serve'], on: runtime },
    { what: 'request handler', names: ['serve'], on: runtime, properties: ['handler', 'fetch'] },
    { what: 'scheduled job', names: ['cron'], on: runtime },
  ],
};
