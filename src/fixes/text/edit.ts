import type { TSESLint } from '@typescript-eslint/utils';

/** One change of the text. */
export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
  /** Indentation: given up where the line itself goes. */
  readonly margin?: true;
}

export function insert(at: number, text: string): Edit {
  return { range: [at, at], text };
}

export function replace(start: number, end: number, text: string): Edit {
  return { range: [start, end], text };
}

/** The edits as a fix; nothing where two of them are about the same text. */
export function fixOf(edits: readonly Edit[]): TSESLint.ReportFixFunction | undefined {
  const sound = settle(edits);
  if (!sound || sound.length === 0) return undefined;
  return (fixer) => sound.map(({ range, text }) => fixer.replaceTextRange([...range], text));
}

/** In order, without the indentation of lines that are removed. */
function settle(edits: readonly Edit[]): Edit[] | undefined {
  const cuts = edits.filter(({ range }) => range[0] < range[1]);
  const isCut = (at: number): boolean => cuts.some(({ range }) => range[0] <= at && at < range[1]);
  const kept = edits.filter(({ margin, range }) => !margin || !isCut(range[0]));
  const sorted = [...kept].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  const overlaps = sorted.some(({ range }, index) => index > 0 && range[0] < (sorted[index - 1]?.range[1] ?? 0));
  return overlaps ? undefined : sorted;
}
