import type { Framework, Receiver } from './framework.ts';

const server: Receiver = { made: ['createServer'], types: ['Server'], names: ['server'] };

/** restify. Read in @types/restify 8.5.12: index.d.ts:115-215. */
export const restify: Framework = {
  name: 'restify',
  modules: ['restify', 'restify-router'],
  calls: [
    { what: 'route handler', names: ['get', 'head', 'post', 'put', 'patch', 'del', 'opts'], on: server },
    { what: 'middleware', names: ['use', 'pre', 'param'], on: server },
  ],
  // index.d.ts:927.
  types: [{ what: 'route handler', names: ['RequestHandler'] }],
};
