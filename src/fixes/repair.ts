import type { TSESLint } from '@typescript-eslint/utils';
import { fixOf } from './text/edit.ts';
import type { Edit } from './text/edit.ts';

/** One way to repair a finding. */
export interface Repair {
  /** `fix`: proven to change nothing else. `suggest`: the user decides. */
  readonly kind: 'fix' | 'suggest';
  /** The suggestion's title. */
  readonly messageId: string;
  readonly edits: readonly Edit[];
}

interface Offer<Ids extends string> {
  readonly fix: TSESLint.ReportFixFunction | null;
  readonly suggest: TSESLint.SuggestionReportDescriptor<Ids>[];
}

/** What a report carries for its repairs: the first fix, and every suggestion. */
export function offer<Ids extends string>(
  repairs: readonly (Repair | undefined)[],
  data: Readonly<Record<string, unknown>>,
  onlySuggest = false,
): Offer<Ids> {
  const all = repairs.filter((one) => one !== undefined);
  const given = onlySuggest ? all.map((one) => ({ ...one, kind: 'suggest' as const })) : all;
  const fixed = given.find(({ kind }) => kind === 'fix');
  const suggest = given.flatMap(({ kind, messageId, edits }) => {
    const fix = kind === 'suggest' ? fixOf(edits) : undefined;
    return fix ? [{ messageId: messageId as Ids, data: { ...data }, fix }] : [];
  });
  return { fix: (fixed && fixOf(fixed.edits)) ?? null, suggest };
}
