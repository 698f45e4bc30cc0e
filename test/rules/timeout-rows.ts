import { driverNames, lastOf, setting, unmark } from './marked.ts';
import type { Imported, Row } from './marked.ts';

/** Lines of a table of times, as the sentences have them. */

type Id = 'missing' | 'overflow' | 'wrongUnit' | 'zeroAtOnce' | 'zeroNever';

/** Driver, expression, message, its words (the wait, what happens, what it means), what to set, what the repair writes. */
export type Line = readonly [Imported, string, Id, string, string, string?];

const waits: Readonly<Record<string, { readonly wait: string; readonly harm: string }>> = {
  acquire: { wait: 'the wait for a connection', harm: 'requests hang when all are taken' },
  connect: { wait: 'the wait for a new connection', harm: 'requests hang when the server is silent' },
  http: { wait: 'the wait for an answer', harm: 'requests hang when the other side is silent' },
  idle: { wait: 'the idle time', harm: 'connections that nobody uses stay open' },
  statement: { wait: 'the time of a statement', harm: 'one slow statement holds a connection' },
};

export function toRow([driver, expression, messageId, words, set, repair]: Line): Row {
  const { option, value } = setting(set);
  const { text } = unmark(expression);
  const given = text.startsWith("'") ? text.replace(/^.*=(.*)'$/, '$1') : (text.split(': ')[1] ?? '');
  const { wait = '', harm = words } = waits[words] ?? {};
  const name = driverNames[driver];
  const unit = words.endsWith(' ms') ? 'milliseconds' : 'seconds';
  const texts = {
    missing: { name: 'pool', wait, harm },
    overflow: { given },
    wrongUnit: { driver: name, unit, given, meaning: words },
    zeroAtOnce: { given, driver: name, harm },
    zeroNever: { given, driver: name, harm },
  };
  const data = { option, value, ...texts[messageId] };
  return { driver, expression, messageId, data, repair: repair ?? `${lastOf(option)}: ${value}` };
}
