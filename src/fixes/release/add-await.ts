import type { TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../ast/unwrap.ts';
import { insert } from '../text/edit.ts';
import { fateOf } from '../code/fate.ts';
import { isCaught } from '../../ast/caught.ts';
import { isInAsync } from '../../ast/functions.ts';
import type { Repair } from '../repair.ts';

/** `return client.query(…)` becomes `return await client.query(…)`. With a `catch` around it more changes: it sees the error. */
export function repairUnawaitedReturn(call: TSESTree.CallExpression): Repair | undefined {
  const fate = fateOf(call);
  if (fate.kind !== 'returned' || !isInAsync(fate.statement)) return undefined;
  const { argument } = fate.statement;
  const target = argument?.type === 'CallExpression' ? argument : chosen(call);
  if (!target) return undefined;
  return {
    kind: isCaught(call) ? 'suggest' : 'fix',
    messageId: 'addAwait',
    edits: [insert(target.range[0], 'await ')],
  };
}

/** The branch of `flag ? client.query(…) : null`. */
function chosen(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const { parent } = wrapped(call);
  const isBranch = parent?.type === 'ConditionalExpression' && parent.parent.type === 'ReturnStatement';
  return isBranch && call.parent === parent ? call : undefined;
}
