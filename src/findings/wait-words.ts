import type { Configuration, Limit } from '../analysis/model.ts';
import { waits } from '../policy/sentences.ts';
import { statedTimeout } from '../policy/values.ts';
import type { TimeoutName } from '../policy/values.ts';
import type { Policy } from '../policy/policy.ts';

/** The limits that are times: the key of the policy that says how long, and the words for them. */
export const KEYS = {
  acquire: 'acquireMs',
  connect: 'connectMs',
  http: 'httpMs',
  idle: 'idleMs',
  statement: 'statementMs',
  query: 'statementMs',
  command: 'statementMs',
  socket: 'statementMs',
  lifetime: 'lifetimeMs',
} as const satisfies Partial<Record<Limit, TimeoutName>>;

export type Wait = keyof typeof KEYS;
export const ALL = Object.keys(KEYS) as Wait[];
export const isWait = (limit: Limit): limit is Wait => Object.hasOwn(KEYS, limit);

/** Statements are not the only ones that a policy's time for statements holds for. */
const OWN: Partial<Record<Wait, { readonly wait: string; readonly harm: string }>> = {
  command: { wait: 'the wait for a reply', harm: 'requests hang when the server is silent' },
  socket: { wait: 'the silence of a socket', harm: 'requests hang when the other side is silent' },
};

export const wordsFor = (wait: Wait): { readonly wait: string; readonly harm: string } =>
  OWN[wait] ?? waits[KEYS[wait]];

/** What happens where the time is over at once. */
export const AT_ONCE: Readonly<Record<Wait, string>> = {
  acquire: 'a request fails when all are taken',
  connect: 'no connection opens',
  http: 'each request fails',
  idle: 'no connection waits for the next request',
  statement: 'each statement fails',
  query: 'each statement fails',
  command: 'each command fails',
  socket: 'each request fails',
  lifetime: 'no connection is used twice',
};

/** The time that the policy states; it has none for the sockets of HTTP, whose answers may come slowly, piece by piece. */
export function statedFor({ setup }: Configuration, policy: Policy, wait: Wait): number | undefined {
  return isOfHttp(setup, wait) ? undefined : statedTimeout(policy, KEYS[wait]);
}

/** The time that a repair writes where none is stated for the limit. */
export const keyFor = ({ setup }: Configuration, wait: Wait): TimeoutName =>
  isOfHttp(setup, wait) ? 'httpMs' : KEYS[wait];

function isOfHttp({ limits: { lacks = [], options } }: Configuration['setup'], wait: Wait): boolean {
  if (wait !== 'socket') return false;
  return options.some(({ limits }) => limits.includes('http')) || lacks.some(({ limit }) => limit === 'http');
}
