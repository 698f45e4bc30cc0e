import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { collect } from '../../ast/walk.ts';
import { isAtOnce, isLight } from '../code/light.ts';
import { isInside } from '../../ast/inside.ts';
import { statementAround } from '../../ast/statement-around.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The `try` that does something when the node throws: in its `catch`, or in its `finally` besides what ends. */
export function catcherOf(node: TSESTree.Node, ends: readonly TSESTree.Node[]): TSESTree.Node | undefined {
  for (let at = node; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.type !== 'TryStatement' || parent.finalizer === at) continue;
    const isCaught = parent.handler !== null && parent.block === at;
    if (isCaught || parent.finalizer?.body.some((one) => !isEnd(one, ends))) return parent;
  }
  return undefined;
}

/** `await client.end();`, also in a `try` of its own. */
function isEnd(statement: TSESTree.Statement, ends: readonly TSESTree.Node[]): boolean {
  if (ends.includes(statement)) return true;
  return statement.type === 'TryStatement' && statement.block.body.every((one) => isEnd(one, ends));
}

/** Nothing of weight happens between opening and the statement: it would happen now although nobody can connect. */
export function isReached(sourceCode: SourceCode, start: TSESTree.Node, call: TSESTree.CallExpression): boolean {
  for (let at = statementAround(call); at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type !== 'BlockStatement' && parent.type !== 'SwitchCase') continue;
    const list = (parent.type === 'SwitchCase' ? parent.consequent : parent.body) as TSESTree.Statement[];
    const before = list.slice(0, list.indexOf(at as TSESTree.Statement));
    const from = before.findIndex((one) => isInside(start, one));
    if (!before.slice(from + 1).every((one) => isQuiet(sourceCode, one))) return false;
    if (from !== -1) return true;
  }
  return false;
}

/** It waits for nothing and calls nothing of the user's own. */
function isQuiet(sourceCode: SourceCode, statement: TSESTree.Statement): boolean {
  const isOwn = (node: TSESTree.Node): boolean =>
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    !/^(?:Boolean|Number|String|parseFloat|parseInt)$/.test(node.callee.name);
  const isPlain = isLight(sourceCode, statement) && isAtOnce(sourceCode, statement);
  return isPlain && collect(sourceCode, statement, isOwn).length === 0;
}

/** Nothing of its own sees what the call throws, as `.catch(…)` does: it would see now that nobody can connect. */
export function isBare(call: TSESTree.Node): boolean {
  for (let at = call; at.parent && !/^Await|Statement$|Declarat/.test(at.parent.type); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'MemberExpression' && parent.object === at && propertyName(parent) === 'catch') return false;
    if (parent.type !== 'CallExpression') continue;
    const { callee } = parent;
    const method = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
    if (callee === at ? method === 'then' && parent.arguments.length > 1 : /^(?:allSettled|any|race)$/.test(method))
      return false;
  }
  return true;
}
