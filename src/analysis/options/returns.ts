import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import type { FunctionNode } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable, identifiersOf } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';
import { findFunction } from '../local-functions.ts';
import { callsOf } from './arguments.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * What a call of a function of this file gives. In: the callee. Out: the expressions that it returns, `undefined` among
 * them where it may return nothing. One that has parameters and several callers here is not followed: which caller's
 * arguments the result is made of would be lost. Where others may call it, its parameters are open.
 */
export function returnsOf(
  sourceCode: SourceCode,
  callee: TSESTree.Node,
): readonly (TSESTree.Node | undefined)[] | undefined {
  const target = findFunction(sourceCode, callee) ?? memberFunction(sourceCode, callee);
  if (!target || target.generator) return undefined;
  if (target.params.length > 0 && !keepsArguments(sourceCode, target)) return undefined;
  if (target.body.type !== 'BlockStatement') return [target.body];
  const found: (TSESTree.Node | undefined)[] = [];
  walk(sourceCode, target.body, (node) => {
    if (node.type === 'ReturnStatement') found.push(node.argument ?? undefined);
    return !isFunction(node);
  });
  return endsWithReturn(target.body) ? found : [...found, undefined];
}

/** What it is called with here is what its parameters are: they have one caller, or are not seen at all. */
function keepsArguments(sourceCode: SourceCode, target: FunctionNode): boolean {
  const calls = callsOf(sourceCode, target);
  return calls ? calls.length === 1 : target.params.every(({ type }) => type === 'Identifier');
}

/** `connection.options = function () { … }`, where `connection` is the module's own exports, or an object of this file. */
function memberFunction(sourceCode: SourceCode, callee: TSESTree.Node): FunctionNode | undefined {
  const node = unwrap(callee);
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return undefined;
  const name = propertyName(node);
  const variable = name === undefined ? undefined : findVariable(sourceCode, node.object);
  const values = (variable ? identifiersOf(variable) : []).flatMap(({ parent }) => {
    const isSet = parent.type === 'MemberExpression' && propertyName(parent) === name && isTarget(parent);
    return isSet && parent.parent.type === 'AssignmentExpression' ? [parent.parent.right] : [];
  });
  const [only] = values;
  return values.length === 1 && isFunction(only) ? only : undefined;
}

const isTarget = (node: TSESTree.Node): boolean =>
  node.parent?.type === 'AssignmentExpression' && node.parent.left === node;

/** Its last statement returns or throws, on all of its branches. */
function endsWithReturn(node: TSESTree.Node | null | undefined): boolean {
  switch (node?.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    case 'BlockStatement':
      return endsWithReturn(node.body.at(-1));
    case 'IfStatement':
      return endsWithReturn(node.consequent) && endsWithReturn(node.alternate);
    case 'TryStatement':
      return endsWithReturn(node.finalizer) || (endsWithReturn(node.block) && endsWithReturn(node.handler?.body));
    case 'SwitchStatement':
      return node.cases.some((one) => !one.test) && endsWithReturn(node.cases.at(-1)?.consequent.at(-1));
    default:
      return false;
  }
}
