import type { TSESTree } from '@typescript-eslint/utils';
import type { Configuration } from '../../analysis/model.ts';
import { isInside } from '../../ast/inside.ts';
import { replace } from '../text/edit.ts';
import { joined, spanning, widest } from './change.ts';
import type { Change } from './change.ts';
import { intoLiterals } from './into-literals.ts';
import type { Target } from './literal.ts';
import { memberTexts } from './member-text.ts';
import { takesNames } from './own-type.ts';
import { reachOf } from './readers.ts';
import { emptied, removeMember } from './remove-member.ts';

/** A member that goes to another place. */
interface Move {
  readonly property: TSESTree.Property;
  readonly name: string;
  readonly target: Target;
  /** Its value, as it is to be written there. */
  readonly text: string;
}

/** `max: 5` into `pool: { … }`, or out of it; where nothing else stands there, `pool` comes or goes with it. */
export function moveMember(configuration: Configuration, { name, property, target, text }: Move): Change | undefined {
  const { setup, site } = configuration;
  const whole = emptied(property);
  const own = reachOf(setup.sourceCode, property.parent, [name], site);
  const inside = setup.sourceCode.getCommentsInside(whole);
  if (inside.some((one) => !isInside(one as unknown as TSESTree.Node, property.value))) return undefined;
  if (whole.parent === target.literal) {
    const [written = ''] = memberTexts(setup.sourceCode, [{ ...target, text }], target.literal);
    const reach = widest([own, reachOf(setup.sourceCode, target.literal, target.names, site)]);
    const edits = [replace(...whole.range, written), ...spanning(target.literal)];
    return takesNames(setup.sourceCode, target.literal, configuration) ? { edits, reach } : undefined;
  }
  const edit = removeMember(setup.sourceCode, whole);
  const removed = edit && { edits: [edit, ...spanning(whole.parent)], reach: own };
  return joined([removed, intoLiterals(configuration, [{ ...target, text }])]);
}
