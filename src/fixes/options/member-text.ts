import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { quoted } from '../text/quote.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Something to be written into an object literal: its path from there, and its value as text. */
export interface Member {
  readonly names: readonly string[];
  readonly text: string;
}

/** `max: 10`, `pool: { max: 10, min: 0 }`: in the order of their first names. Keys are quoted where those around are. */
export function memberTexts(
  sourceCode: SourceCode,
  members: readonly Member[],
  literal?: TSESTree.ObjectExpression,
): string[] {
  const keys = (literal?.properties ?? []).flatMap((one) =>
    one.type === 'Property' && !one.computed ? [one.key] : [],
  );
  const isQuoted = keys.length > 0 && keys.every((one) => one.type === 'Literal');
  const keyed = (name: string): string => (isQuoted ? quoted(sourceCode, name) : keyText(sourceCode, name));
  return write(members, keyed);
}

function write(members: readonly Member[], keyed: (name: string) => string): string[] {
  const firsts = [...new Set(members.map((one) => one.names[0] ?? ''))];
  return firsts.map((name) => {
    const inside = members.filter((one) => one.names[0] === name);
    const [{ names, text } = { names: [], text: '' }] = inside;
    if (names.length === 1) return text === keyed(name) ? text : `${keyed(name)}: ${text}`;
    const inner = inside.map((one) => ({ ...one, names: one.names.slice(1) }));
    return `${keyed(name)}: { ${write(inner, keyed).join(', ')} }`;
  });
}

/** A name as a key. */
export function keyText(sourceCode: SourceCode, name: string): string {
  return /^(?:[A-Za-z_$][\w$]*|\d)$/.test(name) ? name : quoted(sourceCode, name);
}
