import type { Configuration, LimitOption } from '../../analysis/model.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { replace } from '../text/edit.ts';
import type { Change, Old } from './change.ts';
import { replaceInAddress } from './in-address.ts';
import { numberText } from './number-text.ts';
import { constantOf, isPlain } from './plain.ts';
import { reachOf } from './readers.ts';
import { valueRange, valueText } from './value-text.ts';

/** Puts a number where a value stands: in its own place, or, where others read that too, in the property. */
export function replaceGiven(
  configuration: Configuration,
  option: LimitOption,
  given: Old,
  value: number,
): Change | undefined {
  const { setup, site } = configuration;
  const { node, property } = given;
  if (!property) return replaceInAddress(configuration, option, node, value);
  if (given.value.is === 'unknown' || given.value.is === 'other') return undefined;
  const reach = reachOf(setup.sourceCode, node, [], site);
  const text = valueText(setup, option, given, value);
  if (reach === 'shared') return inProperty(configuration, property.value, node, value);
  return text === undefined ? undefined : { edits: [replace(...node.range, text)], reach };
}

/** `max: LIMIT` becomes `max: 10`, if the constant says nothing else. */
function inProperty(
  { setup: { sourceCode }, site }: Configuration,
  whole: Old['node'],
  node: Old['node'],
  value: number,
): Change | undefined {
  const isOnly = constantOf(sourceCode, whole) === node && wrapped(whole) !== wrapped(node);
  if (!isOnly || !isPlain(sourceCode, node)) return undefined;
  const { lead, range } = valueRange(whole);
  const text = lead + numberText(sourceCode, value);
  return { edits: [replace(...range, text)], reach: reachOf(sourceCode, whole, [], site) };
}
