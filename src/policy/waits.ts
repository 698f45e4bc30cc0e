import { waits } from './sentences.ts';
import type { TimeoutName } from './values.ts';

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
} as const satisfies Readonly<Record<string, TimeoutName>>;

export type Wait = keyof typeof KEYS;
export const ALL = Object.keys(KEYS) as Wait[];
export const isWait = (limit: string): limit is Wait => Object.hasOwn(KEYS, limit);

/** Statements are not the only ones that a policy's time for statements holds for. */
const OWN: Partial<Record<Wait, { readonly wait: string; readonly harm: string }>> = {
  command: { wait: 'the wait for a reply', harm: 'requests hang when the server is silent' },
  socket: { wait: 'the silence of a socket', harm: 'requests hang when the other side is silent' },
};

export const wordsFor = (wait: Wait): { readonly wait: string; readonly harm: string } =>
  OWN[wait] ?? waits[KEYS[wait]];

/**
 * What another limit bounds as well: who waits for a connection waits for its opening; a statement has two ends.
 */
export const OTHERS: Partial<Record<Wait, Wait>> = {
  connect: 'acquire',
  query: 'statement',
  statement: 'query',
  socket: 'command',
  command: 'socket',
};
