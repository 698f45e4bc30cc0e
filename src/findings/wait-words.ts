import type { Setup } from '../drivers/reading/setup.ts';
import { statedTimeout } from '../policy/values.ts';
import type { TimeoutName } from '../policy/values.ts';
import type { Policy } from '../policy/policy.ts';
import { KEYS } from '../policy/waits.ts';
import type { Wait } from '../policy/waits.ts';

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
export function statedFor(setup: Setup, policy: Policy, wait: Wait): number | undefined {
  return isOfHttp(setup, wait) ? undefined : statedTimeout(policy, KEYS[wait]);
}

/** The time that a repair writes where none is stated for the limit. */
export const keyFor = (setup: Setup, wait: Wait): TimeoutName => (isOfHttp(setup, wait) ? 'httpMs' : KEYS[wait]);

function isOfHttp({ limits: { lacks = [], options } }: Setup, wait: Wait): boolean {
  if (wait !== 'socket') return false;
  return options.some(({ limits }) => limits.includes('http')) || lacks.some(({ limit }) => limit === 'http');
}
