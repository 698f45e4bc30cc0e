import type { TSESLint } from '@typescript-eslint/utils';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { isNode } from './frame.ts';
import type { Frame } from './frame.ts';
import { indentLines } from '../text/indent.ts';
import { endWithComments, startWithComments } from '../text/lines.ts';
import { lines } from '../text/style.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** ` finally { … }` behind a `try` that has none. */
export function attachEdits(sourceCode: SourceCode, frame: Frame, style: Style): Edit[] {
  const { last, before, end } = frame;
  const { eol, unit, margin } = style;
  const [, stop] = last.range;
  const start = startWithComments(sourceCode, last);
  const opening = before.length > 0 ? [insert(start, lines(style, before) + eol)] : [];
  if (!isNode(end)) return [...opening, insert(stop, ` finally {${eol}${lines(style, [...(end ?? []), '}'])}`)];
  const endStart = startWithComments(sourceCode, end);
  const endStop = endWithComments(sourceCode, end);
  return [
    ...opening,
    insert(stop, ' finally {'),
    replace(endWithComments(sourceCode, last), endStart, eol),
    ...indentLines(sourceCode, endStart, endStop, unit),
    insert(endStop, `${eol}${margin}}`),
  ];
}
