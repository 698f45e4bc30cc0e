import type { TSESTree } from '@typescript-eslint/utils';
import type { LimitOption, Setup } from '../../analysis/model.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { numberText } from './number-text.ts';
import { isPlain } from './plain.ts';
import type { Old } from './change.ts';

/**
 * The text that stands for a number in place of a value. In: the value as the option has it. Out: a number; in quotes
 * where the code reads text there (`process.env.MAX ?? '0'`); undefined where the value is computed.
 */
export function valueText(
  { sourceCode }: Setup,
  option: LimitOption,
  { node, property, value: was }: Old,
  value: number,
): string | undefined {
  if (!isPlain(sourceCode, node)) return undefined;
  const quote = /Literal$/.test(node.type) ? quoteOf(sourceCode.getText(node)) : undefined;
  const isWhole = property !== undefined && unwrap(property.value) === node;
  if (quote === undefined || isWhole) return numberText(sourceCode, value);
  const isRead = was.is === 'number' || option.text === 'read';
  return isRead ? `${quote}${value}${quote}` : undefined;
}

const quoteOf = (text: string): string | undefined => /^['"`]/.exec(text)?.[0];

/** A property's value in its place: `{ max }` gets a value of its own. */
export function valueRange(node: TSESTree.Node): { range: readonly [number, number]; lead: string } {
  const isShort = node.parent?.type === 'Property' && node.parent.shorthand;
  return isShort ? { range: [node.range[1], node.range[1]], lead: ': ' } : { range: node.range, lead: '' };
}
