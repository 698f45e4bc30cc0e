import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import type { Leak } from './model.ts';
import type { Run } from './run.ts';
import { HELD } from './state.ts';
import type { Exits, Flow } from './state.ts';

/**
 * How a connection is lost, once its code has been run. In: the flows that leave the code. Out: one leak for each
 * witness, in source order; a single `never` where nothing gives the connection back at all.
 */
export function leaksOf(run: Run, releases: readonly TSESTree.Node[], normal: Flow, exits: Exits): Leak[] {
  const { begin, root } = run.tracked;
  const ends = [exits.returned, ...exits.jumps.values()].flatMap((at) => at.lost);
  const leaks = [...run.overwritten, ...ends, ...thrown(run, exits), ...ended(root, releases, normal)];
  if (leaks.length > 0 && releases.length === 0 && !run.helped && !run.handedOn)
    return [{ reason: 'never', witness: begin ?? root }];
  const seen = new Set<TSESTree.Node>();
  return leaks
    .filter((leak) => !seen.has(leak.witness) && seen.add(leak.witness))
    .sort((a, b) => a.witness.range[0] - b.witness.range[0]);
}

/** Where a throw ends the process, only what the driver is known to throw counts. */
function thrown(run: Run, { thrown: { lost } }: Exits): readonly Leak[] {
  return run.tracked.throwsAreFatal ? lost.filter((leak) => run.thrownAtOnce.has(leak.witness)) : lost;
}

function ended(root: TSESTree.Node, releases: readonly TSESTree.Node[], { mask, lost }: Flow): readonly Leak[] {
  if (!(mask & HELD)) return [];
  return lost.length > 0 ? lost : [{ reason: 'path', witness: statementWith(root, releases) }];
}

/** The statement of the connection's own block in which it is given back, but not on every path. */
function statementWith(root: TSESTree.Node, releases: readonly TSESTree.Node[]): TSESTree.Node {
  const block = isFunction(root) ? root.body : root;
  const last = releases.filter((one) => one.range[0] >= block.range[0] && one.range[1] <= block.range[1]).at(-1);
  let at = last;
  while (at?.parent && at.parent !== block && at.parent.range[0] > block.range[0]) at = at.parent;
  return at ?? root;
}
