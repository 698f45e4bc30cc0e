import type { TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import type { Possible, Value } from './model.ts';

/**
 * Numbers that the code computes: `30 * 1000`, `-1`, `parseInt(process.env.X ?? '10', 10)`. In: the possible values of the
 * parts. Out: those of the whole. A part that is the environment's makes the whole unknown.
 */

const MOST = 8;

/** An operator over its operands. */
export function compute(
  operands: readonly (readonly Possible[])[],
  node: TSESTree.UnaryExpression | TSESTree.BinaryExpression,
): readonly Possible[] {
  const [left = [], right] = operands;
  if (!right) return left.map((one) => ({ value: signed(one.value, node.operator), node }));
  if (left.length * right.length > MOST) return [{ value: { is: 'unknown' }, node }];
  const values = left.flatMap((one) => right.map((other) => combined(one.value, other.value, node.operator)));
  // Each part of the environment is text or nothing, and the whole text all the same.
  const texts = values.filter((one) => one.is === 'text' && one.text === undefined);
  const distinct = [...values.filter((one) => !texts.includes(one)), ...texts.slice(0, 1)];
  return distinct.map((value) => ({ value, node }));
}

function signed(value: Value, operator: string): Value {
  if (operator === 'void') return { is: 'undefined' };
  const number = numberOf(value);
  if (number === undefined || (operator !== '-' && operator !== '+')) return { is: 'unknown' };
  return { is: 'number', number: operator === '-' ? -number : number };
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
  '|': (a, b) => a | b,
  '<<': (a, b) => a << b,
};

function combined(left: Value, right: Value, operator: string): Value {
  const run = OPERATORS[operator];
  if (run && left.is === 'number' && right.is === 'number')
    return { is: 'number', number: run(left.number, right.number) };
  // `'postgres://' + host`: some text.
  const isText = operator === '+' && (left.is === 'text' || right.is === 'text');
  return isText ? { is: 'text', text: undefined } : { is: 'unknown' };
}

const PARSERS = new Map<string, (text: string, radix: number | undefined) => number>([
  ['Number', Number],
  ['parseFloat', Number.parseFloat],
  ['parseInt', Number.parseInt],
]);

/** `parseInt('10')`: each possible text as the number it spells, at its own place in the code. */
export function parse(
  { callee, arguments: given }: TSESTree.CallExpression,
  values: readonly (readonly Possible[])[],
): readonly Possible[] {
  const run = PARSERS.get(nameOf(callee));
  const node = given[0] ?? callee;
  const [first, [radix] = []] = values;
  const isOther = radix !== undefined && radix.value.is !== 'number';
  if (!run || !first || isOther || given.some((one) => one.type === 'SpreadElement'))
    return [{ value: { is: 'unknown' }, node }];
  const base = radix?.value.is === 'number' ? radix.value.number : undefined;
  return first.map((one) => ({ ...one, value: parsed(one.value, (text) => run(text, base)) }));
}

function nameOf(callee: TSESTree.Node): string {
  const node = unwrap(callee);
  if (node.type === 'Identifier') return node.name;
  const isNumber =
    node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'Number';
  return isNumber ? (propertyName(node) ?? '') : '';
}

function parsed(value: Value, run: (text: string) => number): Value {
  if (value.is === 'number') return { is: 'number', number: run(String(value.number)) };
  // What the environment lacks would be NaN; whoever reads it there means to set it.
  return value.is === 'text' && value.text !== undefined
    ? { is: 'number', number: run(value.text) }
    : { is: 'unknown' };
}

function numberOf(value: Value): number | undefined {
  if (value.is === 'number') return value.number;
  return value.is === 'text' && value.text !== undefined ? Number(value.text) : undefined;
}
