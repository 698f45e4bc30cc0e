import type { TSESTree } from '@typescript-eslint/utils';
import type { Event } from './events.ts';
import { mayThrow, release, use } from './run.ts';
import type { Run } from './run.ts';
import { escape, ESCAPED, flow, HELD, IDLE, move, RELEASED } from './state.ts';
import type { Exits, Flow } from './state.ts';

/** What the events of a node do to the connection. In: the flow after the node's parts have run. Out: the flow after it. */

/** Applies what happens at a node after its parts have run. */
export function effects(run: Run, node: TSESTree.Node, at: Flow, exits: Exits): Flow {
  let now = at;
  for (const event of run.events.get(node) ?? []) now = effect(run, event, now, exits);
  return now;
}

function effect(run: Run, event: Event, at: Flow, exits: Exits): Flow {
  switch (event.kind) {
    case 'release':
      return release(run, event.at, at);
    case 'use':
      return use(run, event.at, at);
    case 'hold':
      return { mask: move(use(run, event.at, at).mask, IDLE, HELD), lost: at.lost };
    case 'discard':
      return escape(at);
    case 'lend':
      run.handedOn ||= !run.givesBack;
      return run.givesBack ? use(run, event.at, at) : escape(at);
    case 'escape':
      run.handedOn = true;
      return escape(at);
    case 'pass':
      return pass(run, event, at, exits);
    case 'same':
      return { mask: move(at.mask, ~0, ESCAPED), lost: [] };
    case 'rebind':
      return at;
  }
}

/** The hand-over itself does not throw. */
export function isHandOver(run: Run, { kind }: Event): boolean {
  return (
    kind === 'release' ||
    kind === 'discard' ||
    kind === 'escape' ||
    kind === 'pass' ||
    (kind === 'lend' && !run.givesBack)
  );
}

/** A helper of this file does with the connection what its own code does. */
function pass(run: Run, event: Event, at: Flow, exits: Exits): Flow {
  if (!event.target || !(at.mask & (HELD | IDLE))) return use(run, event.at, at);
  const summary = run.summarize(event.target, event.index ?? 0);
  run.helped ||= (summary.normal & RELEASED) !== 0;
  if (summary.thrown) mayThrow({ mask: replace(at.mask, summary.thrown), lost: at.lost }, event.at, exits);
  return flow(replace(at.mask, summary.normal), at.lost);
}

/** A held connection takes the statuses that the helper leaves it in. */
function replace(mask: number, statuses: number): number {
  const others = mask & ~(HELD | IDLE);
  return [HELD, RELEASED, ESCAPED].reduce(
    (all, status) => (statuses & status ? all | (move(mask, HELD | IDLE, status) & ~others & status) : all),
    others,
  );
}
