import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { isInside } from '../../ast/inside.ts';
import { methodOf } from '../../ast/method-call.ts';
import { isLog } from '../code/log.ts';

type Node = TSESTree.Node;

/** The statement waits for the call, and is nothing else: `await call;`, `return await call;`, `const a = await call;`. */
export function isPassed(call: Node, statement: Node): boolean {
  const waiting = call.parent?.type === 'AwaitExpression' ? call.parent : undefined;
  const outer = waiting?.parent;
  return outer === statement || (outer?.type === 'VariableDeclarator' && outer.parent === statement);
}

/** The call runs whenever its `catch` does, or whenever there is a connection, and is waited for. */
export function isCertain(call: Node, { body }: TSESTree.CatchClause): boolean {
  let isAwaited = false;
  for (let at = call; at !== body && at.parent; at = at.parent) {
    if (!runsWith(at, at.parent)) return false;
    isAwaited ||= at.parent.type === 'AwaitExpression';
  }
  return isAwaited && isInside(call, body);
}

function runsWith(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'AwaitExpression':
    case 'ExpressionStatement':
      return true;
    case 'BlockStatement':
      return parent.body.find((one) => !isLog(one) && !isReport(one)) === node;
    case 'IfStatement':
      return parent.consequent === node && unwrap(parent.test).type === 'Identifier';
    case 'TryStatement':
      return parent.block === node;
    // `call.catch(() => {})`
    case 'MemberExpression':
      return parent.object === node;
    default:
      return parent.type === 'CallExpression' && parent.callee === node;
  }
}

/** `request.log.error(error);` */
function isReport(statement: TSESTree.Statement): boolean {
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  const isCall = call?.type === 'CallExpression';
  return isCall && /^(?:debug|error|info|log|trace|warn|warning)$/.test(methodOf(call));
}
