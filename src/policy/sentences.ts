import type { TimeoutName } from './values.ts';
import type { ViolationId } from './violations.ts';

/**
 * The words of the violations that the rules and the runtime share. Holes are written as ESLint fills them,
 * `{{name}}`. Each sentence is at most 160 characters when `name` has 20 and the other holes have what HOLES says.
 */
export const sentences = {
  'pool/no-unbounded-pool': {
    unbounded: '`{{name}}` may open connections without bound, because {{cause}}. Set `{{option}}: {{value}}`.',
    unboundedQueue:
      'Requests wait for `{{name}}` in a queue without bound, because {{cause}}. Set `{{option}}: {{value}}`.',
    abovePolicy:
      '`{{name}}` may open {{size}} connections, but the policy allows {{limit}} (`{{key}}`). Set `{{option}}: {{limit}}`.',
    aboveBudget:
      '`{{name}}` may open {{size}} connections, but each of {{instances}} instances may have {{limit}} (`{{key}}`). Set `{{option}}: {{value}}`.',
    sumAbovePolicy:
      'The pools of this {{scope}} may open {{size}} connections together, but the policy allows {{limit}} (`{{key}}`). Share one pool.',
    queueAbovePolicy:
      'Up to {{size}} requests may wait for `{{name}}`, but the policy allows {{limit}} (`{{key}}`). Set `{{option}}: {{limit}}`.',
    minAboveMax:
      '`{{name}}` keeps at least {{least}} connections but may open {{size}}, so {{harm}}. Lower `{{option}}`.',
    unchosen:
      'Nobody chose how many connections `{{name}}` may open; {{driver}} takes {{size}}. Set `{{option}}: {{value}}`.',
    single:
      '`{{name}}` has one connection, so the requests of this server wait for each other. Set `{{option}}: {{value}}`.',
    noNumber: '`{{given}}` is no size for `{{name}}`: {{harm}}. Set `{{option}}: {{value}}`.',
  },
  'pool/require-timeouts': {
    missing: 'Nothing bounds {{wait}} of `{{name}}`, so {{harm}}. Set `{{option}}: {{value}}`.',
    noOption: 'Nothing bounds {{wait}} of `{{name}}`, and {{driver}} has no option for it. {{remedy}}.',
    overflow:
      '`{{option}}: {{given}}` is more than a timer can hold (24.8 days), so it fires at once. Set `{{option}}: {{value}}`.',
    zeroNever: '`{{option}}: {{given}}` means no limit in {{driver}}, so {{harm}}. Set `{{option}}: {{value}}`.',
    zeroAtOnce: '`{{option}}: {{given}}` means at once in {{driver}}, so {{harm}}. Set `{{option}}: {{value}}`.',
    wrongUnit: '{{driver}} reads `{{option}}` in {{unit}}, so {{given}} is {{meaning}}. Set `{{option}}: {{value}}`.',
    abovePolicy:
      '`{{option}}` allows {{given}} ms, but the policy allows {{limit}} ms (`{{key}}`). Set `{{option}}: {{value}}`.',
    longerThanRequest:
      'Requests wait {{given}} ms for `{{name}}`, longer than one may take ({{limit}} ms, `{{key}}`). Set `{{option}}: {{value}}`.',
  },
  'pool/no-ignored-option': {
    unknown: '{{driver}} does not read `{{option}}`, so it limits nothing. {{remedy}}.',
    misplaced: '{{driver}} reads `{{option}}` only in `{{place}}`, so here it limits nothing. Move it there.',
    dead: '`{{option}}` of `{{name}}` does nothing without `{{needs}}`. Set `{{needs}}: {{value}}`.',
    inUrl: '{{driver}} does not read `{{option}}` from the address, so it limits nothing. {{remedy}}.',
    throws: '{{driver}} throws when it gets `{{option}}`. {{remedy}}.',
  },
  'pool/require-error-listener': {
    built:
      "Nobody listens to `error` events of `{{name}}`, so {{when}} ends the process. Listen with `.on('error', …)`.",
    held: "Nobody listens to the connections of `{{name}}` while they are held: one that breaks then ends the process. Listen in `.on('connect', …)`.",
  },
} as const satisfies Partial<Record<ViolationId, Readonly<Record<string, string>>>>;

/** What has no bound, and what follows, as they stand in the sentences above. */
export const waits: Readonly<Record<TimeoutName, { readonly wait: string; readonly harm: string }>> = {
  acquireMs: { wait: 'the wait for a connection', harm: 'requests hang when all are taken' },
  connectMs: { wait: 'the wait for a new connection', harm: 'requests hang when the server is silent' },
  idleMs: { wait: 'the idle time', harm: 'connections that nobody uses stay open' },
  statementMs: { wait: 'the time of a statement', harm: 'one slow statement holds a connection' },
  lifetimeMs: { wait: 'the age of connections', harm: 'old ones survive a change of servers' },
  holdMs: { wait: 'the time a connection is held', harm: 'a lost one never comes back' },
  httpMs: { wait: 'the wait for an answer', harm: 'requests hang when the other side is silent' },
};

/** The sentence with its holes filled; a hole without data stays and is seen. ESLint does the same for the rules. */
export function fill(sentence: string, data: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (hole, key: string) =>
    Object.hasOwn(data, key) ? String(data[key]) : hole,
  );
}
