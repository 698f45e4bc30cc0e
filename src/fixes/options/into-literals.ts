import type { Configuration } from '../../analysis/model.ts';
import { joined, spanning, widest } from './change.ts';
import type { Change } from './change.ts';
import { insertMembers } from './insert-members.ts';
import type { Target } from './literal.ts';
import { memberTexts } from './member-text.ts';
import { takesNames } from './own-type.ts';
import { reachOf } from './readers.ts';

/** A member that is to be written into a literal, with its value as text. */
export interface Added extends Target {
  readonly text: string;
}

/** Adds members to the literals that they belong in: one edit for each literal. */
export function intoLiterals(configuration: Configuration, added: readonly Added[]): Change | undefined {
  const literals = [...new Set(added.map((one) => one.literal))];
  return joined(
    literals.map((one) =>
      intoOne(
        configuration,
        one,
        added.filter(({ literal }) => literal === one),
      ),
    ),
  );
}

function intoOne(configuration: Configuration, literal: Target['literal'], own: readonly Added[]): Change | undefined {
  const { setup, site } = configuration;
  const { sourceCode } = setup;
  const edit = insertMembers(sourceCode, literal, memberTexts(sourceCode, own, literal));
  if (!edit || !takesNames(sourceCode, literal, configuration)) return undefined;
  const reaches = own.map(({ names }) => reachOf(sourceCode, literal, names, site));
  return { edits: [edit, ...spanning(literal)], reach: widest(reaches) };
}
