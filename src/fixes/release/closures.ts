import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../analysis/model.ts';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { keyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { declaredVariable } from '../../ast/variables.ts';
import type { Borrowed, Borrowing } from './borrowed.ts';
import { settled } from './settle.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `const { release } = client`: only what gives back may be taken out. */
export function takesGiveBack({ lease }: Borrowed, pattern: TSESTree.ObjectPattern): boolean {
  return pattern.properties.every((one) => one.type === 'Property' && lease.giveBack.includes(keyName(one) ?? ''));
}

export function addNames(sourceCode: SourceCode, borrowed: Borrowed, found: Borrowing): boolean {
  if (typeof found === 'boolean') return found;
  if (found.id.type === 'ObjectPattern' && !takesGiveBack(borrowed, found.id)) return false;
  for (const name of sourceCode.getDeclaredVariables?.(found) ?? []) borrowed.names.add(name);
  return found.parent.kind === 'const' || found.parent.kind === 'let';
}

/** A function that uses the connection runs at once, or is a name whose calls are awaited. */
export function followClosure(
  sourceCode: SourceCode,
  borrowed: Borrowed,
  target: FunctionNode,
  done: Set<TSESTree.Node>,
): boolean {
  const outer = holderOf(target);
  if (outer !== borrowed.owner && isFunction(outer) && !done.has(outer)) {
    done.add(outer);
    if (!followClosure(sourceCode, borrowed, outer, done)) return false;
  }
  if (target.type === 'FunctionDeclaration') {
    const name = target.id && declaredVariable(sourceCode, target.id);
    if (name) borrowed.names.add(name);
    return Boolean(name);
  }
  const { parent } = wrapped(target);
  if (parent?.type === 'VariableDeclarator' && unwrap(target) === target) return addNames(sourceCode, borrowed, parent);
  return parent?.type === 'CallExpression' && settled(borrowed, parent) === true;
}
