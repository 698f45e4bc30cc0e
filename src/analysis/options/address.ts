import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { parametersOf } from '../../drivers/reading/parameters.ts';
import type { Pair } from '../../drivers/reading/parameters.ts';
import { possibleValues } from './values.ts';
import type { Address, Parameter } from './model.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * The parameters of a connection string. In: the expression. Out: what its text says; `undefined` where the text is not in
 * view, so that anything may stand there.
 */

/** Stands for what a template computes. */
const HOLE = '\u{FFFC}';

export function addressOf(sourceCode: SourceCode, expression: TSESTree.Node): Address | undefined {
  const values = possibleValues(sourceCode, expression);
  const [only] = values;
  if (!only || values.length > 1) return undefined;
  const text = textOf(unwrap(only.node));
  if (text === undefined || text.startsWith(HOLE)) return undefined;
  const pairs = parametersOf(text);
  const known = pairs.filter(({ name }) => !name.includes(HOLE));
  // `${base}` at the end may bring its own.
  const open = pairs.length > 0 ? known.length < pairs.length : text.endsWith(HOLE);
  return { node: only.node, open, parameters: known.map((one) => parameterAt(only.node, one)) };
}

function parameterAt(node: TSESTree.Node, { name, text }: Pair): Parameter {
  const value = { is: 'text', text: text.includes(HOLE) ? undefined : text } as const;
  return { node, property: undefined, name, value };
}

function textOf(node: TSESTree.Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') return node.quasis.map((one) => one.value.cooked ?? '').join(HOLE);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  return (textOf(unwrap(node.left)) ?? HOLE) + (textOf(unwrap(node.right)) ?? HOLE);
}
