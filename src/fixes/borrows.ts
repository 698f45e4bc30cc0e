import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { declaredVariable } from '../ast/variables.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { borrowing, settled, takesGiveBack } from './borrow.ts';
import type { Borrowed, Borrowing } from './borrow.ts';
import type { Hold } from './hold.ts';
import { isInside } from './places.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Every use of the connection in its stretch. Nothing if one of them may outlive it: returned, stored, kept by a
 * function that is called later, or running while nobody waits.
 */
export function findBorrowed(sourceCode: SourceCode, hold: Hold): Borrowed | undefined {
  const { variable, owner, checkout } = hold;
  const borrowed: Borrowed = { lease: checkout.lease, owner, names: new Set([variable]), uses: [], returns: new Set() };
  const done = new Set<TSESTree.Node>();
  for (const name of borrowed.names) {
    for (const reference of name.references) {
      const node = reference.identifier as TSESTree.Node;
      if (name === variable && !isInStretch(hold, node)) continue;
      if (reference.isWrite() && reference.init) continue;
      if (!follow(sourceCode, borrowed, node, done, name === variable)) return undefined;
    }
  }
  return borrowed;
}

function isInStretch({ list, take, end }: Hold, node: TSESTree.Node): boolean {
  return list.slice(take + 1, end).some((one) => isInside(node, one));
}

function follow(
  sourceCode: SourceCode,
  borrowed: Borrowed,
  node: TSESTree.Node,
  done: Set<TSESTree.Node>,
  isOwn: boolean,
): boolean {
  borrowed.uses.push(node);
  const found =
    isOwn || !isCalled(node)
      ? borrowing(borrowed, node)
      : isGiveBackCall(borrowed, node) || settled(borrowed, wrapped(node).parent as TSESTree.Node);
  if (!addNames(sourceCode, borrowed, found)) return false;
  const holder = holderOf(node);
  if (holder === borrowed.owner) return true;
  if (!isFunction(holder) || done.has(holder)) return isFunction(holder);
  done.add(holder);
  return followClosure(sourceCode, borrowed, holder, done);
}

function isCalled(node: TSESTree.Node): boolean {
  const value = wrapped(node);
  return value.parent?.type === 'CallExpression' && value.parent.callee === value;
}

/** `release()` of `const { release } = client`. */
function isGiveBackCall({ lease }: Borrowed, node: TSESTree.Node): boolean {
  return (
    node.type === 'Identifier' &&
    lease.giveBack.includes(node.name) &&
    wrapped(node).parent?.parent?.type !== 'VariableDeclarator'
  );
}

function addNames(sourceCode: SourceCode, borrowed: Borrowed, found: Borrowing): boolean {
  if (typeof found === 'boolean') return found;
  if (found.id.type === 'ObjectPattern' && !takesGiveBack(borrowed, found.id)) return false;
  for (const name of sourceCode.getDeclaredVariables?.(found) ?? []) borrowed.names.add(name);
  return found.parent.kind === 'const' || found.parent.kind === 'let';
}

/** A function that uses the connection runs at once, or is a name whose calls are awaited. */
function followClosure(
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
