import type { Entry, Part, Property } from './model.ts';

/** What stands under a name. In: the parts of an object, in the order in which they are set. Out: what may be there. */

const ABSENT: Entry = { properties: [], state: 'absent', sure: false };

/** Backwards from the last part, to the first that stands there surely. */
export function entryOf(parts: readonly Part[], name: string): Entry {
  const properties: Property[] = [];
  for (const part of parts.toReversed()) {
    const entry = entryIn(part, name);
    properties.push(...entry.properties);
    if (entry.state === 'open') return { properties, state: 'open', sure: false };
    if (entry.sure) return { properties, state: 'written', sure: true };
  }
  return properties.length > 0 ? { properties, state: 'written', sure: false } : ABSENT;
}

function entryIn(part: Part, name: string): Entry {
  switch (part.is) {
    case 'gap':
      return (part.name ?? name) === name ? { ...ABSENT, state: 'open' } : ABSENT;
    case 'property':
      return part.name === name ? { properties: [part], state: 'written', sure: true } : ABSENT;
    case 'choice':
      return ofChoice(part.of.map((one) => entryOf(one, name)));
    default:
      return ABSENT;
  }
}

function ofChoice(entries: readonly Entry[]): Entry {
  const properties = entries.flatMap((one) => one.properties);
  if (entries.some((one) => one.state === 'open')) return { properties, state: 'open', sure: false };
  return { properties, state: properties.length > 0 ? 'written' : 'absent', sure: entries.every((one) => one.sure) };
}

/** What is set later inside of the object under a name. */
export function insideOf(parts: readonly Part[], name: string): readonly Part[] {
  const from = parts.findLastIndex((one) => one.is === 'property' && one.name === name);
  return parts.slice(from + 1).flatMap((one): readonly Part[] => {
    if (one.is === 'inside') return one.name === name ? one.parts : [];
    if (one.is !== 'choice') return [];
    const inner = one.of.map((each) => insideOf(each, name));
    return inner.some((each) => each.length > 0) ? [{ is: 'choice', of: inner }] : [];
  });
}
