import type { TSESTree } from '@typescript-eslint/utils';
import type { Checkout, FunctionNode } from '../../../analysis/model.ts';
import { isFunction } from '../../../ast/functions.ts';
import { isInside } from '../../../ast/inside.ts';
import { isNamedIn } from '../../../ast/named-in.ts';

/** On the way to `target`, and behind it, nothing else gives the connection back. */
export function isAloneOnItsWay(
  target: TSESTree.Node,
  handler: FunctionNode,
  { releases, variable }: Checkout,
): boolean {
  const givesBack = (node: TSESTree.Node): boolean => releases.some((one) => isInside(one, node));
  const uses = (node: TSESTree.Node): boolean => variable !== undefined && isNamedIn(variable, node);
  let isLeft = target.type === 'ReturnStatement' || target.type === 'ThrowStatement';
  for (let at: TSESTree.Node = target; at !== handler; at = at.parent as TSESTree.Node) {
    if (isFunction(at)) isLeft = false;
    if (/^(?:For|While|DoWhile|Try|Switch)/.test(at.type)) return false;
    const { parent } = at;
    if (parent?.type !== 'BlockStatement') continue;
    const index = parent.body.indexOf(at as TSESTree.Statement);
    if (parent.body.slice(0, index).some((one) => givesBack(one) && !leaves(one))) return false;
    if (!isLeft && parent.body.slice(index + 1).some((one) => givesBack(one) || uses(one))) return false;
  }
  return true;
}

/** `if (error) { done(); return callback(error); }`: who comes by has not been there. */
function leaves(statement: TSESTree.Statement): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate) return false;
  const { consequent } = statement;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}
