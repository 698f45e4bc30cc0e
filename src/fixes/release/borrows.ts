import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { borrowing } from './borrow.ts';
import type { Borrowed } from './borrowed.ts';
import { addNames, followClosure } from './closures.ts';
import type { Hold } from './hold.ts';
import { isInside } from '../../ast/inside.ts';
import { settled } from './settle.ts';

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
