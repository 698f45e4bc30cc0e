import type { Limits } from '../driver.ts';

/** A client of axios. Read and run in 1.21.1: lib/adapters/http.js, lib/defaults/index.js. */
export const axiosLimits: Limits = {
  at: 0,
  options: [
    {
      // From the request to the end of its headers, the opening of a connection included; what is no true value is none.
      option: 'timeout',
      limits: ['http'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      // It goes through parseInt().
      infinity: 'throws',
      overflow: 'at once',
      text: 'read',
      word: 'throws',
      nan: 'unbounded',
      null: 'unbounded',
      undefined: 'default',
    },
  ],
  // Sockets are counted by the Agent that `httpAgent` or `httpsAgent` holds.
  misread: [
    { option: 'connectTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'connectionTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'requestTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'responseTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'readTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'socketTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'timeoutMs', effect: 'ignored', instead: 'timeout' },
    { option: 'timeOut', effect: 'ignored', instead: 'timeout' },
    { option: 'maxSockets', effect: 'ignored' },
    { option: 'agent', effect: 'ignored', instead: 'httpsAgent' },
  ],
};
