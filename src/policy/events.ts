import type { ViolationId } from './violations.ts';

/**
 * The words of what only a running process can see, under the id of the rule that finds its cause where there is one. Holes
 * and lengths as in sentences.ts; `site` has at most 40 characters.
 */
export const events = {
  'pool/require-release': {
    heldLong: 'A connection of `{{name}}` checked out at {{site}} is held for {{given}} ms (`{{key}}` is {{limit}}).',
    heldMore: '{{count}} more connections of `{{name}}` are held longer than {{limit}} ms (`{{key}}`).',
  },
  'pool/no-double-release': {
    second: 'A connection of `{{name}}` that was checked out at {{site}} is given back a second time.',
    stale:
      'A connection of `{{name}}` that was checked out at {{site}} is given back again while somebody else holds it.',
  },
  'pool/no-use-after-release': {
    used: '`{{method}}` is called on a connection of `{{name}}`, checked out at {{site}}, after it was given back.',
  },
  'pool/no-transaction-on-pool': {
    onPool: '`{{name}}` runs `{{statement}}` on any free connection, and the next statement on another. Check one out.',
  },
  'pool/no-pool-in-handler': {
    inRequest: '`{{name}}` is built at {{site}} while a request is served, {{count}} times so far. Build it once.',
    repeated: '`{{name}}` is built again and again at {{site}}, {{count}} times so far. Build it once.',
  },
  'pool/no-connect-per-request': {
    inRequest: 'A connection to `{{name}}` is opened at {{site}} for each request, {{count}} times so far. Use a pool.',
    repeated: 'A connection to `{{name}}` is opened again and again at {{site}}, {{count}} times so far. Use a pool.',
  },
  'runtime/exhausted': {
    exhausted:
      'No connection of `{{name}}` became free in {{given}} ms: {{size}} of {{limit}} are held and {{waiting}} requests wait.',
    queueFull: '{{waiting}} requests wait for `{{name}}` already, as many as the policy allows (`{{key}}`).',
  },
  'runtime/held-at-shutdown': {
    held: 'A connection of `{{name}}` checked out at {{site}} is still held when the process ends, after {{given}} ms.',
    waiting: '{{waiting}} requests still wait for a connection of `{{name}}` when the process ends.',
  },
  'runtime/late-return': {
    returned: 'A connection of `{{name}}` checked out at {{site}} came back after {{given}} ms; it was not lost.',
  },
  'runtime/over-budget': {
    aboveServer:
      '{{instances}} instances with {{size}} connections each are more than the {{limit}} that the server leaves them. Lower `{{key}}`.',
    remedy:
      '{{instances}} instances may open {{count}} connections, the server leaves {{limit}}. Lower `{{key}}`, then run `{{remedy}}`.',
  },
  'runtime/reclaimed': {
    destroyed: 'A connection of `{{name}}` checked out at {{site}} is destroyed after {{given}} ms to free its slot.',
  },
  'runtime/returned-in-transaction': {
    open: 'A connection of `{{name}}` checked out at {{site}} is given back while its transaction is open.',
  },
  'runtime/server-full': {
    refused:
      'The server has too many connections and refused one of `{{name}}`, which has {{size}} of {{limit}}. Lower `{{key}}`.',
  },
  'runtime/unguarded': {
    opened:
      'A connection to {{address}} was opened at {{site}} by a driver that is not guarded. Call `guardPool(pool)`.',
    refused: '{{driver}} is not guarded, because {{cause}}. Call `guardPool(pool)`, or report the version.',
  },
} as const satisfies Partial<Record<ViolationId, Readonly<Record<string, string>>>>;
