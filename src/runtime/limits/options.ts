import type { Limits } from '../../drivers/driver.ts';

/** The options of a pool, and its connection string, read and written by path: `pool.max`. */

export type Options = Readonly<Record<string, unknown>>;

export function valueAt(options: Options, path: string): unknown {
  if (path === '') return options;
  return path.split('.').reduce<unknown>((holder, key) => {
    return typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined;
  }, options);
}

/** Writes an option, and the objects on the way to it. */
export function setAt(options: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let holder = options;
  for (const key of keys) {
    const inner = holder[key];
    const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
    if (next !== inner) holder[key] = next;
    holder = next;
  }
  holder[last] = value;
}

/** Takes a parameter out of the connection string, which would win over the options. */
export function removeFromUrl({ urlIn = [] }: Limits, options: Record<string, unknown>, name: string): void {
  for (const path of urlIn) {
    const text = valueAt(options, path);
    if (typeof text !== 'string') continue;
    const [before = '', query = ''] = text.split('?', 2);
    const kept = query.split('&').filter((pair) => pair.split('=', 1)[0] !== name);
    setAt(options, path, kept.length > 0 ? `${before}?${kept.join('&')}` : before);
  }
}
