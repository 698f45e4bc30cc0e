import type { Limits } from '../driver.ts';

/** A client of axios. Read and run in 1.21.1: lib/adapters/http.js, lib/defaults/index.js. */
export const axiosLimits: Limits = {
  at: 0,
  options: [
    {
      // From the request to the headers of the answer, the opening of a connection included; after that, silence.
      option: 'timeout',
      limits: ['http'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
      // It goes through parseInt(), if it is a true value at all.
      infinity: 'throws',
      overflow: 'at once',
      text: 'read',
      nan: 'unbounded',
      null: 'unbounded',
      undefined: 'default',
    },
  ],
  misread: [
    { option: 'requestTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'responseTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'readTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'timeoutMs', effect: 'ignored', instead: 'timeout' },
    { option: 'timeOut', effect: 'ignored', instead: 'timeout' },
    // No option is for these; as `timeout` they would end answers that are only slow.
    { option: 'connectTimeout', effect: 'ignored' },
    { option: 'connectionTimeout', effect: 'ignored' },
    { option: 'socketTimeout', effect: 'ignored' },
    // Sockets are counted by an Agent: `httpAgent` for one protocol, `httpsAgent` for the other.
    { option: 'maxSockets', effect: 'ignored' },
    { option: 'agent', effect: 'ignored' },
  ],
};
