import type { Framework } from './framework.ts';

/** Bull. Read in bull 4.16.5: index.d.ts:600-686. */
export const bull: Framework = {
  name: 'Bull',
  modules: ['bull'],
  calls: [
    { what: 'job', names: ['process'], on: { made: ['default', 'Queue'], types: ['Queue'], names: ['queue'] } },
    {
      what: 'job listener',
      names: ['on'],
      on: { made: ['default', 'Queue'], types: ['Queue'], names: ['queue'] },
      first: ['active', 'completed', 'failed', 'progress', 'stalled', 'global:completed', 'global:failed'],
    },
  ],
};
