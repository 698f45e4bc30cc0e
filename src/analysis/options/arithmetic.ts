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
  return left.flatMap((one) =>
    right.map((other) => ({ value: combined(one.value, other.value, node.operator), node })),
  );
}

function signed(value: Value, operator: string): Value {
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

const PARSERS: Readonly<Record<string, (text: string) => number>> = {
  Number,
  parseFloat: Number.parseFloat,
  parseInt: (text) => Number.parseInt(text, 10),
};

/** `parseInt('10')`: each possible text as the number it spells, at its own place in the code. */
export function parse(
  { callee, arguments: given }: TSESTree.CallExpression,
  values: readonly (readonly Possible[])[],
): readonly Possible[] {
  const run = PARSERS[nameOf(callee)];
  const node = given[0] ?? callee;
  const [first] = values;
  if (!run || !first) return [{ value: { is: 'unknown' }, node }];
  return first.map((one) => ({ ...one, value: parsed(one.value, run) }));
}

function nameOf(callee: TSESTree.Node): string {
  const node = unwrap(callee);
  if (node.type === 'Identifier') return node.name;
  const isNumber =
    node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'Number';
  return isNumber ? (propertyName(node) ?? '') : '';
}

function parsed(value: Value, run: (text: string) => number): Value {
  if (value.is === 'number') return value;
  // What the environment lacks would be NaN; whoever reads it there means to set it.
  return value.is === 'text' && value.text !== undefined
    ? { is: 'number', number: run(value.text) }
    : { is: 'unknown' };
}

function numberOf(value: Value): number | undefined {
  if (value.is === 'number') return value.number;
  return value.is === 'text' && value.text !== undefined ? Number(value.text) : undefined;
}
