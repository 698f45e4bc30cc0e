import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { commentBehind } from '../text/comments.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { endWithComments, eolOf, marginAt, startWithComments } from '../text/lines.ts';
import { cut, removeStatement } from '../text/remove-statement.ts';
import { undoTry } from './undo-try.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What a comment says about a statement that opens or ends: not of the connection as such, which there is still. */
const OURS = /\b(?:clos|connect(?!ion)|disconnect|end\b|open|releas)/i;

/**
 * Removes statements that open or end, each with a comment about that, and with the `finally` or `try` that would be
 * empty. Nothing where the rest would not be in order.
 */
export function removals(
  sourceCode: SourceCode,
  statements: readonly TSESTree.Statement[],
  unit: string,
): Edit[] | undefined {
  const gone = new Set<TSESTree.Statement>(statements);
  const edits: Edit[] = [];
  const undone: TSESTree.TryStatement[] = [];
  for (const statement of gone) {
    const block = statement.parent;
    const outer = block?.parent;
    const isLast = block?.type === 'BlockStatement' && block.body.every((one) => gone.has(one));
    if (!isLast || outer?.type !== 'TryStatement' || sourceCode.getCommentsInside(block).length > 0) {
      edits.push(removal(sourceCode, statement));
    } else if (outer.block === block) {
      // What opens is the only thing that its `catch` was for: the errors now come from elsewhere.
      if (outer.finalizer || statements.length === 0 || !isEnd(outer)) return undefined;
      gone.add(outer);
    } else if (outer.finalizer !== block) edits.push(removal(sourceCode, statement));
    else if (outer.handler) edits.push(replace(outer.handler.range[1], block.range[1], ''));
    else undone.push(outer);
  }
  const [one, ...more] = undone;
  if (!one) return edits;
  const undo = more.length > 0 ? undefined : undoTry(sourceCode, one, edits, unit);
  return undo && [...edits.filter(({ range }) => range[1] <= (one.finalizer?.range[0] ?? 0)), ...undo];
}

/** `try { await client.end(); } catch {}` */
function isEnd({ handler }: TSESTree.TryStatement): boolean {
  return handler !== null && handler.body.body.length === 0;
}

function removal(sourceCode: SourceCode, statement: TSESTree.Statement): Edit {
  const only =
    statement.parent?.type === 'BlockStatement' ? cut(sourceCode, statement) : removeStatement(sourceCode, statement);
  const above = sourceCode.getCommentsBefore(statement).at(-1);
  const start = startWithComments(sourceCode, statement);
  const [first, end] = only.range;
  const from = above && OURS.test(above.value) && start < first ? start : first;
  const behind = commentBehind(sourceCode, statement).trim();
  const isKept = behind !== '' && !OURS.test(behind) && end > endWithComments(sourceCode, statement);
  return replace(from, end, isKept ? marginAt(sourceCode, first) + behind + eolOf(sourceCode) : '');
}
