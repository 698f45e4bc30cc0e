import type { Framework } from './framework.ts';

/** Timers of Node and of browsers. Read in @types/node 26.6.6: timers.d.ts:143. `setTimeout` calls back once. */
export const timers: Framework = {
  name: 'setInterval',
  modules: ['node:timers', 'timers'],
  calls: [{ what: 'callback', names: ['setInterval'] }],
};
