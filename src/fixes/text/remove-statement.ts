import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { replace } from './edit.ts';
import type { Edit } from './edit.ts';
import { endWithComments, endsLine, lastToken, lineStart, startWithComments, startsLine } from './lines.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Removes a statement: with its line if nothing else stands there, and with the branch that would be empty. */
export function removeStatement(sourceCode: SourceCode, statement: TSESTree.Statement): Edit {
  const whole = wholeOf(statement);
  if (whole.type === 'alternate') return replace(whole.after.range[1], whole.node.range[1], '');
  return cut(sourceCode, whole.node);
}

/** The lines of a statement, with all of the comments that `linesOf` takes along. */
export function cutWithComments(sourceCode: SourceCode, node: TSESTree.Node): Edit {
  const only = cut(sourceCode, node);
  const isAlone = startsLine(sourceCode, node) && endsLine(sourceCode, node);
  return isAlone ? replace(startWithComments(sourceCode, node), only.range[1], '') : only;
}

/** Removes a declaration with its comments, and the blank line behind it where it opened its block. */
export function cutDeclaration(sourceCode: SourceCode, statement: TSESTree.Node): Edit {
  const { range, text } = cutWithComments(sourceCode, statement);
  const before = sourceCode.getTokenBefore(statement);
  const blank = /^[ \t]*\r?\n/.exec(sourceCode.text.slice(range[1]))?.[0] ?? '';
  const isFirst = before?.value === '{' && sourceCode.text.slice(before.range[1], range[0]).trim() === '';
  const isWhole = range[0] === lineStart(sourceCode, range[0]);
  return isFirst && isWhole ? replace(range[0], range[1] + blank.length, text) : { range, text };
}

/** The lines of a statement and its trailing comments. */
export function cut(sourceCode: SourceCode, node: TSESTree.Node): Edit {
  const [, end] = lastToken(sourceCode, node).range;
  if (!startsLine(sourceCode, node) || !endsLine(sourceCode, node)) return replace(node.range[0], end, '');
  const start = lineStart(sourceCode, node.range[0]);
  const next = sourceCode.text.indexOf('\n', endWithComments(sourceCode, node));
  return replace(start, next === -1 ? sourceCode.text.length : next + 1, '');
}

type Whole =
  | { readonly type: 'alternate'; readonly node: TSESTree.Node; readonly after: TSESTree.Node }
  | { readonly type: 'node'; readonly node: TSESTree.Node };

/** `if (flag) { client.release(); }` goes as one, and so does `else { client.release(); }`. */
function wholeOf(statement: TSESTree.Statement): Whole {
  const block = statement.parent;
  const outer = block?.type === 'BlockStatement' && block.body.length === 1 ? block.parent : undefined;
  if (outer?.type !== 'IfStatement') return { type: 'node', node: statement };
  if (outer.alternate === block) return { type: 'alternate', node: block, after: outer.consequent };
  if (outer.alternate || !isPure(outer.test) || outer.parent.type !== 'BlockStatement')
    return { type: 'node', node: statement };
  return { type: 'node', node: outer };
}

function isPure(test: TSESTree.Node): boolean {
  if (test.type === 'UnaryExpression') return isPure(test.argument);
  if (test.type === 'MemberExpression') return !test.computed && isPure(test.object);
  if (test.type === 'BinaryExpression' || test.type === 'LogicalExpression')
    return isPure(test.left) && isPure(test.right);
  return /^(?:Identifier|Literal|ThisExpression)$/.test(test.type);
}
