import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout } from '../../../analysis/model.ts';
import { insert } from '../../text/edit.ts';
import type { Edit } from '../../text/edit.ts';
import { endsLine, lineStart, marginAt, startsLine } from '../../text/lines.ts';
import { isNamedIn } from '../../../ast/named-in.ts';
import type { Style } from '../../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** In front of the statement and of the calls right before it: `callback(error); return;`. */
export function giveBackBefore(
  sourceCode: SourceCode,
  target: TSESTree.Statement,
  checkout: Checkout,
  text: string,
  style: Style,
): Edit[] {
  const { parent } = target;
  if (parent?.type !== 'BlockStatement') return braced(sourceCode, target, text, style);
  const first = firstOfRun(parent.body, parent.body.indexOf(target), checkout);
  if (!startsLine(sourceCode, first)) return [insert(first.range[0], `${text} `)];
  return [insert(lineStart(sourceCode, first.range[0]), marginAt(sourceCode, first.range[0]) + text + style.eol)];
}

/** `if (error) return …;` gets its braces. */
function braced(sourceCode: SourceCode, target: TSESTree.Statement, text: string, style: Style): Edit[] {
  const [start, end] = target.range;
  if (startsLine(sourceCode, target) || !endsLine(sourceCode, target))
    return [insert(start, `{ ${text} `), insert(end, ' }')];
  const margin = marginAt(sourceCode, start);
  const inner = style.eol + margin + style.unit;
  return [insert(start, `{${inner}${text}${inner}`), insert(end, `${style.eol}${margin}}`)];
}

function firstOfRun(body: readonly TSESTree.Statement[], index: number, { variable }: Checkout): TSESTree.Statement {
  const isFree = (one: TSESTree.Statement): boolean => !variable || !isNamedIn(variable, one);
  let first = index;
  for (let one = body[first - 1]; one?.type === 'ExpressionStatement' && isFree(one); one = body[first - 1]) first--;
  return body[first] as TSESTree.Statement;
}
