import type { Limits } from '../driver.ts';

/** http.Agent and https.Agent. Run on Node 20.20.2: lib/_http_agent.js. */
export const agentLimits: Limits = {
  at: 0,
  options: [
    {
      option: 'maxSockets',
      limits: ['max'],
      unit: 'count',
      default: 'unbounded',
      zero: 'unbounded',
      infinity: 'unbounded',
      text: 'read',
      word: 'none',
      nan: 'unbounded',
      null: 'unbounded',
      undefined: 'unbounded',
      negative: 'none',
      per: 'origin',
    },
    {
      // Over all origins; validated where maxSockets is not.
      option: 'maxTotalSockets',
      limits: ['max'],
      unit: 'count',
      default: 'unbounded',
      zero: 'throws',
      infinity: 'unbounded',
      text: 'throws',
      nan: 'throws',
      negative: 'throws',
      smallest: true,
    },
    // Idle sockets that stay, with `keepAlive`.
    { option: 'maxFreeSockets', limits: ['spare'], unit: 'count', default: 256, zero: 256, per: 'origin' },
    {
      // Silence on the socket: a request gets `timeout` and goes on; an idle socket is closed.
      option: 'timeout',
      limits: ['socket', 'idle'],
      unit: 'ms',
      default: 'unbounded',
      zero: 'unbounded',
    },
  ],
  misread: [
    { option: 'max', effect: 'ignored', instead: 'maxSockets' },
    { option: 'connections', effect: 'ignored', instead: 'maxSockets' },
    { option: 'maxConnections', effect: 'ignored', instead: 'maxSockets' },
    { option: 'keepAliveTimeout', effect: 'ignored', instead: 'timeout' },
    { option: 'freeSocketTimeout', effect: 'ignored', instead: 'timeout' },
  ],
  lacks: [{ limit: 'queue' }, { limit: 'acquire' }, { limit: 'http', perCall: 'signal' }],
};
