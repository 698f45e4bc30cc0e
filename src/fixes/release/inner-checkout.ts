import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { methodCall } from '../../ast/method-call.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { identifiersOf } from '../../ast/variables.ts';
import type { Borrowed } from './borrowed.ts';
import { takes } from '../code/light.ts';

/**
 * A connection that the pool or client itself hands out, and that no `finally` gives back: to end the pool waits for
 * it, so that a `finally` around both would never come to its end.
 */
export function hasOpenCheckout(sourceCode: Readonly<TSESLint.SourceCode>, { lease, uses }: Borrowed): boolean {
  if (!lease.dedicated) return false;
  return uses.some((use) => {
    const call = methodCall(use);
    return call !== undefined && takes(call) && !isGivenBack(sourceCode, call);
  });
}

function isGivenBack(sourceCode: Readonly<TSESLint.SourceCode>, call: TSESTree.CallExpression): boolean {
  const value = wrapped(call);
  const awaited = value.parent?.type === 'AwaitExpression' ? wrapped(value.parent) : value;
  if (awaited.parent?.type === 'ExpressionStatement') return true;
  const declarator = awaited.parent?.type === 'VariableDeclarator' ? awaited.parent : undefined;
  const [name] = declarator ? (sourceCode.getDeclaredVariables?.(declarator) ?? []) : [];
  return name !== undefined && identifiersOf(name).some(isInFinally);
}

function isInFinally(node: TSESTree.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    if (at.parent.type === 'TryStatement' && at.parent.finalizer === at) return true;
  }
  return false;
}
