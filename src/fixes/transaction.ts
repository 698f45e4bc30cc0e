import type { TSESTree } from '@typescript-eslint/utils';
import type { Lease } from '../drivers/driver.ts';
import { propertyName } from '../ast/property-name.ts';
import { sqlText, transactionKeyword } from '../ast/sql.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import type { Borrowed } from './borrow.ts';
import { isInside } from './places.ts';

/** The statements of a transaction in the stretch of one connection. */
export interface Words {
  readonly begin: readonly TSESTree.CallExpression[];
  readonly commit: readonly TSESTree.CallExpression[];
  readonly rollback: readonly TSESTree.CallExpression[];
}

export type Word = keyof Words;

export function findWords({ lease, uses }: Borrowed): Words {
  const words: Record<Word, TSESTree.CallExpression[]> = { begin: [], commit: [], rollback: [] };
  for (const use of uses) {
    const call = methodCall(use);
    const word = call && wordOf(lease, call);
    if (word) words[word].push(call);
  }
  return words;
}

/** The call of a method of the node. */
export function methodCall(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  const { parent } = wrapped(node);
  if (parent?.type !== 'MemberExpression' || unwrap(parent.object) !== node) return undefined;
  const outer = wrapped(parent);
  return outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : undefined;
}

export function methodOf(call: TSESTree.CallExpression): string {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
}

function wordOf({ transaction }: Lease, call: TSESTree.CallExpression): Word | undefined {
  const method = methodOf(call);
  for (const word of ['begin', 'commit', 'rollback'] as const) {
    if (transaction?.[word].includes(method)) return word;
  }
  return transactionKeyword(call.arguments[0])?.toLowerCase() as Word | undefined;
}

/** Giving back is to commit or to roll back: which of them, only the code knows. */
export function endsTransaction({ giveBack, transaction }: Lease): boolean {
  return giveBack.some((method) => transaction?.commit.includes(method));
}

/** Giving back rolls an open transaction back by itself. */
export function endsWithRelease({ transaction }: Lease): boolean {
  return (transaction as { endsWithRelease?: true } | undefined)?.endsWithRelease === true;
}

const LASTING =
  /^\s*(?:SET\s+(?!LOCAL\b|TRANSACTION\b)|LISTEN\b|PREPARE\b|CREATE\s+TEMP|LOCK\s+TABLES)|\bpg_(?:try_)?advisory_lock|\bGET_LOCK\s*\(/i;

/** A statement that leaves something behind on the connection when it is given back. */
export function leavesTraces({ uses }: Borrowed): boolean {
  return uses.some((use) => LASTING.test(sqlText(methodCall(use)?.arguments[0]) ?? ''));
}

/** The `try` whose `catch` rolls back what begins at `call`, in it or right before it. */
export function findRollingBack(
  call: TSESTree.CallExpression,
  words: Words,
  root: TSESTree.Node,
): TSESTree.TryStatement | undefined {
  for (let at: TSESTree.Node = call; at.parent && at !== root; at = at.parent) {
    const parent: TSESTree.Node = at.parent;
    if (parent.type === 'TryStatement' && parent.block === at && rollsBack(parent, words)) return parent;
    const next =
      parent.type === 'BlockStatement' ? parent.body[parent.body.indexOf(at as TSESTree.Statement) + 1] : undefined;
    if (at.type === 'ExpressionStatement' && next?.type === 'TryStatement' && rollsBack(next, words)) return next;
  }
  return undefined;
}

function rollsBack({ handler }: TSESTree.TryStatement, { rollback }: Words): boolean {
  return handler !== null && rollback.some((call) => isInside(call, handler));
}

/** A statement that leaves while the transaction is open. */
export function isOpenAt(exit: TSESTree.Node, { begin, commit, rollback }: Words): boolean {
  const before = (calls: readonly TSESTree.CallExpression[]): boolean =>
    calls.some((one) => one.range[0] < exit.range[0]);
  const ends = [...commit, ...rollback];
  const { parent } = exit;
  const siblings = parent?.type === 'BlockStatement' ? parent.body : [exit];
  if (siblings.some((one) => ends.some((call) => isInside(call, one) && call.range[0] <= exit.range[1]))) return false;
  return before(begin) && commit.some((one) => one.range[0] > exit.range[0]);
}

/** The exits of the owner inside of `statements`. */
export type Exit = TSESTree.BreakStatement | TSESTree.ContinueStatement | TSESTree.ReturnStatement;

export function isExit(node: TSESTree.Node): node is Exit {
  return node.type === 'ReturnStatement' || node.type === 'BreakStatement' || node.type === 'ContinueStatement';
}
