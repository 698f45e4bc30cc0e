import type { Edit } from '../text/edit.ts';

/** A new import takes the line of one that goes. */
export function inPlaceOf(added: readonly Edit[], removed: readonly Edit[]): readonly Edit[] {
  const at = added[0]?.range[0] ?? -1;
  const gone = removed.find(({ range }) => range[0] <= at && at < range[1]);
  if (!gone) return [...added, ...removed];
  const text = added.map((one) => one.text).join('');
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  return removed.map((one) => (one === gone ? { ...one, text: text.trim() + eol } : one));
}
