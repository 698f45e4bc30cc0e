import type { TSESLint } from '@typescript-eslint/utils';
import type { Edit } from './edit.ts';

/** Removed lines take the blank line along that would stand at the start or end of a block, or beside another one. */
export function withoutGaps({ text }: Readonly<TSESLint.SourceCode>, edits: readonly Edit[]): Edit[] {
  const isLines = ({ range, text: added }: Edit): boolean =>
    added === '' &&
    range[0] < range[1] &&
    (range[0] === 0 || text[range[0] - 1] === '\n') &&
    text[range[1] - 1] === '\n';
  const cuts = edits.filter(isLines).sort((a, b) => a.range[0] - b.range[0]);
  const others = edits.filter((one) => !isLines(one));
  const runs: [number, number][] = [];
  for (const { range } of cuts) {
    const last = runs.at(-1);
    if (last && last[1] === range[0]) last[1] = range[1];
    else runs.push([...range]);
  }
  const isFree = (start: number, end: number): boolean =>
    others.every(({ range }) => range[1] <= start || range[0] >= end);
  return [...others, ...runs.map(([start, end]) => ({ range: widened(text, start, end, isFree), text: '' }))];
}

function widened(
  text: string,
  start: number,
  end: number,
  isFree: (start: number, end: number) => boolean,
): readonly [number, number] {
  const [gap = ''] = /^[ \t]*\r?\n/.exec(text.slice(end)) ?? [];
  const isOpening = start === 0 || /(?:\{[ \t]*|\n[ \t]*)\r?\n$/.test(text.slice(Math.max(start - 80, 0), start));
  if (gap !== '' && isOpening && isFree(end, end + gap.length)) return [start, end + gap.length];
  const [blank = ''] = /(?<=\n)[ \t]*\r?\n$/.exec(text.slice(Math.max(start - 80, 0), start)) ?? [];
  const isClosing = /^[ \t]*\}/.test(text.slice(end));
  return isClosing && isFree(start - blank.length, start) ? [start - blank.length, end] : [start, end];
}
