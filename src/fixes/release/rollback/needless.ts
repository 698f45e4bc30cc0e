import type { TSESTree } from '@typescript-eslint/utils';
import type { Hold } from '../hold.ts';
import { isInside } from '../../../ast/inside.ts';
import { placeOf } from '../../../ast/places.ts';
import type { Words } from './words.ts';

type Handler = TSESTree.CatchClause | undefined;

/**
 * The code's own ROLLBACKs that the `catch` which gets the new one would repeat: those right before a `throw`.
 * Undefined where anything else would run before that one does.
 */
export function needlessRollbacks(
  hold: Hold,
  { rollback }: Words,
  host: Handler,
): readonly TSESTree.ExpressionStatement[] | undefined {
  if (host && rollback.some((call) => isInside(call, host))) return undefined;
  const repeated = rollback.filter((call) => comesTo(call, hold, rollback, host));
  const found = repeated.map((call) => [statementOf(call), behind(call, hold)] as const);
  const thrown = found.filter(([, rest]) => rest.some(({ type }) => type === 'ThrowStatement'));
  const isNext = ([statement, [next]]: (typeof thrown)[number]): boolean =>
    next?.type === 'ThrowStatement' && statement !== undefined && !passesFinally(statement, hold);
  if (!thrown.every(isNext)) return undefined;
  return thrown.flatMap(([statement]) => statement ?? []);
}

/** The `catch` that gets what the node throws. */
export function hostOf(node: TSESTree.Node, { list }: Hold): Handler {
  for (let at = node; at.parent && !list.includes(at as TSESTree.Statement); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'TryStatement' && parent.block === at && parent.handler) return parent.handler;
  }
  return undefined;
}

/** A `finally` of the code's own runs between the node and the end of the stretch. */
function passesFinally(node: TSESTree.Node, { list }: Hold): boolean {
  for (let at = node; at.parent && !list.includes(at as TSESTree.Statement); at = at.parent) {
    const { parent } = at;
    if (parent.type === 'TryStatement' && parent.finalizer && parent.finalizer !== at) return true;
  }
  return false;
}

/** What is thrown behind the ROLLBACK comes to the new one, not to a `catch` that rolls back on its own. */
function comesTo(call: TSESTree.Node, hold: Hold, rollback: Words['rollback'], host: Handler): boolean {
  const own = hostOf(call, hold);
  return own === host || own === undefined || !rollback.some((other) => isInside(other, own));
}

/** `await client.query('ROLLBACK');` */
function statementOf({ parent }: TSESTree.CallExpression): TSESTree.ExpressionStatement | undefined {
  const isAlone = parent.type === 'AwaitExpression' && parent.parent.type === 'ExpressionStatement';
  return isAlone ? (parent.parent as TSESTree.ExpressionStatement) : undefined;
}

/** What follows in the same list, but for giving the connection back. */
function behind(call: TSESTree.Node, { giveBacks }: Hold): readonly TSESTree.Statement[] {
  let at: TSESTree.Node | undefined = call;
  while (at && !placeOf(at)) at = at.parent;
  const place = at && placeOf(at);
  const rest = place?.list.slice(place.index + 1) ?? [];
  return rest.filter((one) => giveBacks.every(({ statement }) => statement !== one));
}
