import type { Driver } from './driver.ts';
import { gotLimits } from './limits/got.ts';

/** got: a client holds options and no socket; those are of Node's own Agent. Read in got 16.1.0, 14.6.6 and 11.8.6. */
export const got: Driver = {
  name: 'got',
  modules: ['got'],
  exports: {
    // 11 is CommonJS, its `default` is itself; later ones are ESM only.
    default: { is: 'got' },
    got: { is: 'got' },
    Got: { type: 'client' },
  },
  kinds: {
    got: { members: { extend: 'client' }, builds: ['extend'] },
    // extend() of a client keeps the options of that one: source/create.js; it is no kind here.
    client: { limits: gotLimits },
  },
};
