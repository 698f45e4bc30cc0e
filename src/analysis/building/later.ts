import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isInside } from '../../ast/inside.ts';
import { holderOf, isFunction } from '../../ast/functions.ts';
import type { FunctionNode } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { nameOf, namesOfFunction } from '../requests/named-functions.ts';
import { isCallee } from '../requests/places.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether the code at `node` may run when the function that contains `home` is done: it stands in a function inside of
 * that one which is put somewhere: a shutdown hook, a route, a method of what is returned. `name` is what the connection
 * is called: its own callbacks run while it is worked with.
 */
export function runsLater(
  sourceCode: SourceCode,
  node: TSESTree.Node,
  home: TSESTree.Node | undefined,
  name: string | undefined,
): boolean {
  for (let fn = holderOf(node); isFunction(fn) && home && !isInside(home, fn); fn = holderOf(fn)) {
    const { parent } = fn;
    const isLater =
      parent.type === 'CallExpression'
        ? !runsNow(sourceCode, parent, fn, name)
        : parent.type !== 'NewExpression' && !isOnlyCalled(sourceCode, fn);
    if (isLater) return true;
  }
  return false;
}

/** A local function that is called and nothing else: its name is given to nobody. */
function isOnlyCalled(sourceCode: SourceCode, fn: FunctionNode): boolean {
  if (!nameOf(fn)) return false;
  const names = namesOfFunction(sourceCode, fn);
  return names.length > 0 && names.every(isCallee);
}

const NOW = /^(?:then|catch|finally|map|forEach|flatMap|filter|reduce)$/;

/** Promise chains, array callbacks, calls that are awaited, and the connection's own calls. */
function runsNow(sourceCode: SourceCode, call: TSESTree.CallExpression, fn: TSESTree.Node, name?: string): boolean {
  if (call.callee === fn || call.parent.type === 'AwaitExpression' || call.parent.type === 'ReturnStatement')
    return true;
  const callee = unwrap(call.callee);
  // `setTimeout(() => connection.close(), 500)`.
  if (callee.type === 'Identifier') return /^set(?:Timeout|Immediate)$/.test(callee.name);
  if (callee.type !== 'MemberExpression') return false;
  return NOW.test(propertyName(callee) ?? '') || (name !== undefined && comesFrom(sourceCode, callee.object, name));
}

/** `client.query(…)`, `stream.on(…)` with `const stream = client.query(…)`. */
function comesFrom(sourceCode: SourceCode, expression: TSESTree.Node, name: string, depth = 0): boolean {
  if (sourceCode.getText(expression).startsWith(name)) return true;
  let root = unwrap(expression);
  while (root.type === 'MemberExpression' || root.type === 'CallExpression')
    root = unwrap(root.type === 'MemberExpression' ? root.object : root.callee);
  const definition = root.type === 'Identifier' ? findVariable(sourceCode, root)?.defs[0] : undefined;
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return init ? depth < 2 && comesFrom(sourceCode, init, name, depth + 1) : false;
}

/** In a `catch`, or where errors are heard: it is not how the good case ends. */
export function isOnFailure(node: TSESTree.Node, home: TSESTree.Node): boolean {
  for (let at = node; at.parent && !isInside(home, at.parent); at = at.parent) {
    if (at.type === 'CatchClause' || isErrorListener(at)) return true;
  }
  return false;
}

/** `client.on('error', () => client.end())`, `.catch(() => client.end())`. */
function isErrorListener(fn: TSESTree.Node): boolean {
  const call = isFunction(fn) && fn.parent.type === 'CallExpression' ? fn.parent : undefined;
  const name = call?.callee.type === 'MemberExpression' ? propertyName(call.callee) : undefined;
  if (name === 'catch') return true;
  const event = call?.arguments[0];
  return /^(?:on|once|addListener)$/.test(name ?? '') && event?.type === 'Literal' && event.value === 'error';
}
