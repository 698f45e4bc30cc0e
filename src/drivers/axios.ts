import type { Driver } from './driver.ts';
import { axiosLimits } from './limits/axios.ts';

/** axios: a client holds options and no socket; those are of Node's own Agent. Read and run in axios 1.21.1. */
export const axios: Driver = {
  name: 'axios',
  modules: ['axios'],
  exports: {
    // One object for ESM and CommonJS: index.js, dist/node/axios.cjs. A client of a client (`api.create()`) has the
    // options of that one, too: lib/axios.js; it is no kind here.
    default: { namespace: true },
    axios: { namespace: true },
    create: { call: 'client' },
    Axios: { new: 'client', type: 'client' },
    AxiosInstance: { type: 'client' },
  },
  kinds: { client: { limits: axiosLimits } },
};
