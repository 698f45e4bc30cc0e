import type { LimitOption, Limits } from '../driver.ts';

// source/core/timed-out.js: a timer for each that is written. 11 does not look what it is given; 14 takes numbers only,
// and Infinity is at once there and none in 16.
const phase = { limits: ['http'], unit: 'ms', default: 'unbounded' } satisfies Partial<LimitOption>;

/** A client of got. Run in 14.6.6; 11 passes over names that it does not know, later ones throw. */
export const gotLimits: Limits = {
  // Whatever follows is laid over it.
  at: 0,
  options: [
    // The whole, to the end of the body.
    { option: 'timeout.request', ...phase, zero: 'at once' },
    // From what is sent to the headers of the answer.
    { option: 'timeout.response', ...phase, zero: 'at once' },
    // Silence: request.setTimeout(), where 0 is none.
    { option: 'timeout.socket', ...phase, zero: 'unbounded' },
    // `request` for 11; later ones throw.
    { option: 'timeout', ...phase },
  ],
  misread: [
    { option: 'requestTimeout', effect: 'throws', instead: 'timeout.request' },
    { option: 'connectTimeout', effect: 'throws', instead: 'timeout.connect' },
    { option: 'socketTimeout', effect: 'throws', instead: 'timeout.socket' },
    { option: 'responseTimeout', effect: 'throws', instead: 'timeout.response' },
    { option: 'timeoutMs', effect: 'throws', instead: 'timeout.request' },
    { option: 'timeout.total', effect: 'throws', instead: 'timeout.request' },
    { option: 'timeout.connection', effect: 'throws', instead: 'timeout.connect' },
    { option: 'maxSockets', effect: 'throws' },
  ],
};
