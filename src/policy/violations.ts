/**
 * Every violation that the rules or the runtime can name, with one line on what it is. The runtime uses a rule's own id
 * where a rule finds the same thing, and `runtime/<event>` for what only a running process can see.
 */
export const violations = {
  'pool/no-connect-per-request': 'a connection is opened for each request',
  'pool/no-double-release': 'a connection is given back twice',
  'pool/no-ignored-option': 'an option that the driver does not read',
  'pool/no-pool-in-handler': 'a pool is built for each request',
  'pool/no-transaction-on-pool': 'a transaction runs through the pool, on several connections',
  'pool/no-unbounded-pool': 'a pool or queue without bound, or above the policy',
  'pool/no-use-after-release': 'a connection is used after it was given back',
  'pool/require-error-listener': 'an `error` event that nobody hears would end the process',
  'pool/require-release': 'a connection is not given back, or held longer than `timeouts.holdMs`',
  'pool/require-timeouts': 'a wait without bound, or one that its number does not bound',
  'runtime/exhausted': 'no connection of a pool became free in time',
  'runtime/held-at-shutdown': 'a connection is held when the process ends',
  'runtime/late-return': 'a connection that was taken for lost came back',
  'runtime/over-budget': 'the processes together may open more than the server accepts',
  'runtime/reclaimed': 'a lost connection was destroyed to free its slot',
  'runtime/returned-in-transaction': 'a connection is given back while its transaction is open',
  'runtime/server-full': 'the server refuses a connection because it has too many',
  'runtime/unguarded': 'a connection was opened by a copy of a driver that is not guarded',
} as const;

export type ViolationId = keyof typeof violations;

export function isViolationId(id: string): id is ViolationId {
  return Object.hasOwn(violations, id);
}
