import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../analysis/model.ts';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import type { Borrowed, Borrowing } from './borrowed.ts';
import { fateOf } from '../code/fate.ts';
import { isCaught } from '../../ast/caught.ts';

/** The value is waited for, or is a new name whose uses count as well. */
export function settled(borrowed: Borrowed, node: TSESTree.Node): Borrowing {
  const fate = fateOf(node);
  if (fate.kind === 'awaited') return true;
  if (fate.kind === 'returned') return returned(borrowed, fate.statement);
  if (fate.kind === 'function')
    return fate.target !== borrowed.owner && fate.target.body !== undefined && isInBody(fate.target, node);
  if (fate.kind !== 'declared' || isStatement(borrowed, node)) return false;
  return fate.declarator;
}

function isInBody(target: FunctionNode, node: TSESTree.Node): boolean {
  return node.range[0] >= target.body.range[0];
}

/** `const running = client.query(…)`: still running when something else throws. */
function isStatement({ lease }: Borrowed, node: TSESTree.Node): boolean {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  const name = callee?.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
  return /^(?:query|execute|batch|ping)$/.test(name) && lease.uses.includes(name);
}

function returned(borrowed: Borrowed, statement: TSESTree.ReturnStatement): boolean {
  const holder = holderOf(statement);
  if (holder !== borrowed.owner) return isFunction(holder);
  if (!borrowed.owner.async || !isPromise(statement.argument) || isCaught(statement)) return false;
  borrowed.returns.add(statement);
  return true;
}

/** A call, but for `items.map(…)`: to await an array of promises waits for none. */
function isPromise(node: TSESTree.Node | null): boolean {
  const callee = node?.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  if (!callee) return false;
  return (
    callee.type !== 'MemberExpression' || !/^(?:map|filter|flatMap|concat|slice)$/.test(propertyName(callee) ?? '')
  );
}
