import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { statementAround } from '../../ast/statement-around.ts';
import { insert } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { endWithComments, endsLine, eolOf, marginAt, startsLine } from '../text/lines.ts';
import { lastStatementRead, topStatementOf } from './reads.ts';
import { endOfHead, isHead } from './head.ts';
import { styleAt } from '../text/style.ts';
import type { Style } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The style of module code: no margin, and the indentation and semicolons of the statement around `user`. */
export function moduleStyle(sourceCode: SourceCode, user: TSESTree.Node, filename: string): Style {
  return { ...styleAt(sourceCode, statementAround(user), filename), margin: '' };
}

/**
 * Writes statements at module level: behind the imports, and behind what their nodes `reads` need. `user` is the code
 * that will use the new names. None where that place is unclear.
 */
export function writeAtModuleLevel(
  sourceCode: SourceCode,
  texts: readonly string[],
  user: TSESTree.Node,
  reads: readonly TSESTree.Node[],
): Edit | undefined {
  const { body } = sourceCode.ast;
  const top = body.indexOf(topStatementOf(user) as TSESTree.ProgramStatement);
  const head = endOfHead(sourceCode, top);
  const anchor = body[Math.max(head, lastStatementRead(sourceCode, reads))];
  if (top === -1 || !anchor || !startsLine(sourceCode, anchor) || !endsLine(sourceCode, anchor)) return undefined;
  if (marginAt(sourceCode, anchor.range[0]) !== '') return undefined;
  const eol = eolOf(sourceCode);
  const at = endWithComments(sourceCode, anchor);
  const isFollowed = /^[ \t]*\r?\n[ \t]*\S/.test(sourceCode.text.slice(at));
  const gap = isHead(anchor) ? eol + eol : eol;
  return insert(at, `${gap}${texts.join(eol)}${guard(sourceCode, anchor, texts)}${isFollowed ? eol : ''}`);
}

/** Without semicolons, a line that begins with a bracket would continue ours. */
function guard(sourceCode: SourceCode, anchor: TSESTree.Node, texts: readonly string[]): string {
  const next = sourceCode.getTokenAfter(anchor);
  const isOpen = !/[;}]$/.test(texts.at(-1) ?? '') || /\)\s*$/.test(texts.at(-1) ?? '');
  return isOpen && next && /^[([`/+-]/.test(next.value) ? ';' : '';
}
