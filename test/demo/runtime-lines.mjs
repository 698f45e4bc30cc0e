/** What the runtime printed: of lines that say the same, the first one and how many there are. */

const FIRST = /^\[pool\] (?<text>.*)/;

export function printGrouped(log) {
  const groups = new Map();
  for (const line of log.split('\n')) {
    const text = FIRST.exec(line)?.groups.text;
    if (text === undefined) continue;
    const group = groups.get(kindOf(text)) ?? { text, count: 0 };
    groups.set(kindOf(text), { ...group, count: group.count + 1 });
  }
  for (const { text, count } of groups.values()) console.log(`${String(count).padStart(4)} ×  ${text}`);
}

/** The words without the name of the pool, places and numbers. */
function kindOf(text) {
  return text.replace(/`[^`]*@[^`]*`|[\w./-]+:\d+:\d+|\d+/g, '');
}
