import type { TSESTree } from '@typescript-eslint/utils';
import type { Configuration, Given, LimitOption } from '../../analysis/model.ts';
import type { Repair } from '../repair.ts';
import { insert } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';

export type Site = Configuration['site'];

/** A value that stands for an option, and where. */
export type Old = Pick<Given, 'node' | 'property' | 'value'>;

/** An option, a number in its unit, and what stands for it where that is known. */
export interface Wanted {
  readonly option: LimitOption;
  readonly value: number;
  readonly given?: Old | undefined;
}

/** Who reads a value: the maker alone (`here`), other files too (`exported`), or somebody else in this file (`shared`). */
export type Reach = 'exported' | 'here' | 'shared';

/** Edits, and who sees what they change. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly reach: Reach;
}

const ORDER: readonly Reach[] = ['here', 'exported', 'shared'];

export function widest(reaches: readonly Reach[]): Reach {
  return ORDER[Math.max(0, ...reaches.map((one) => ORDER.indexOf(one)))] ?? 'shared';
}

/** All of the changes as one; nothing where one of them is not possible. */
export function joined(changes: readonly (Change | undefined)[]): Change | undefined {
  const known = changes.filter((one) => one !== undefined);
  if (known.length < changes.length) return undefined;
  return { edits: known.flatMap((one) => one.edits), reach: widest(known.map((one) => one.reach)) };
}

/** A suggestion where other files may read what changes. */
export function repairOf(
  change: Change | undefined,
  messageId: string,
  kind: Repair['kind'] = 'fix',
): Repair | undefined {
  if (!change || change.reach === 'shared' || change.edits.length === 0) return undefined;
  return { kind: change.reach === 'exported' ? 'suggest' : kind, messageId, edits: change.edits };
}

/** Makes the fix span the node, so that two findings never write the same name there in one round. */
export function spanning({ range: [start, end] }: TSESTree.Node): Edit[] {
  return [insert(start, ''), insert(end, '')];
}
