import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { indentLines } from '../text/indent.ts';
import { endWithComments, endsLine, lastToken, startWithComments, startsLine } from '../text/lines.ts';
import { lines } from '../text/style.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What is put around statements. Each leading `>` of a line is one step of indentation. */
export interface Frame {
  readonly first: TSESTree.Node;
  readonly last: TSESTree.Node;
  /** Declarations before `try`. */
  readonly before: readonly string[];
  /** `catch (error) {` and its body. */
  readonly handler: readonly string[];
  /** The body of `finally`: lines, or the statement that stands behind `last`; none without a `finally`. */
  readonly end: TSESTree.Node | readonly string[] | undefined;
}

/** The frame on lines of its own where the statements have theirs, else on the same line. */
export function frameEdits(sourceCode: SourceCode, frame: Frame, style: Style): Edit[] {
  return isOnOwnLines(sourceCode, frame) ? blockFrame(sourceCode, frame, style) : inlineFrame(sourceCode, frame);
}

export function isOnOwnLines(sourceCode: SourceCode, { first, last, end }: Frame): boolean {
  if (!startsLine(sourceCode, first) || !endsLine(sourceCode, last)) return false;
  return !isNode(end) || (startsLine(sourceCode, end) && endsLine(sourceCode, end));
}

export function isNode(end: Frame['end']): end is TSESTree.Node {
  return end !== undefined && 'type' in end;
}

function blockFrame(sourceCode: SourceCode, { first, last, before, handler, end }: Frame, style: Style): Edit[] {
  const { eol, unit } = style;
  const start = startWithComments(sourceCode, first);
  const stop = endWithComments(sourceCode, last);
  const opening = insert(start, lines(style, [...before, 'try {']) + eol);
  const middle = eol + lines(style, [...joinHandler(handler), end ? '} finally {' : '}']);
  if (!isNode(end)) {
    return [
      opening,
      ...indentLines(sourceCode, start, stop, unit),
      insert(stop, end ? middle + eol + lines(style, [...end, '}']) : middle),
    ];
  }
  const endStart = startWithComments(sourceCode, end);
  const endStop = endWithComments(sourceCode, end);
  const closing = [replace(stop, endStart, middle + eol), insert(endStop, eol + lines(style, ['}']))];
  return [
    opening,
    ...indentLines(sourceCode, start, stop, unit),
    ...indentLines(sourceCode, endStart, endStop, unit),
    ...closing,
  ];
}

function joinHandler([head, ...body]: readonly string[]): string[] {
  return head === undefined ? [] : [`} ${head}`, ...body];
}

function inlineFrame(sourceCode: SourceCode, { first, last, before, handler, end }: Frame): Edit[] {
  const flat = (texts: readonly string[]): string => texts.map((text) => text.replace(/^>+/, '')).join(' ');
  const opening = insert(first.range[0], `${flat([...before, 'try {'])} `);
  const middle = flat([...joinHandler(handler), end ? '} finally {' : '}']);
  if (!isNode(end))
    return [opening, insert(lastToken(sourceCode, last).range[1], end ? ` ${middle} ${flat(end)} }` : ` ${middle}`)];
  return [opening, insert(end.range[0], `${middle} `), insert(lastToken(sourceCode, end).range[1], ' }')];
}
