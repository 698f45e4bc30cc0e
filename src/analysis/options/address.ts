import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
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
  return text === undefined || text.startsWith(HOLE) ? undefined : { node: only.node, ...parametersOf(text) };
}

function textOf(node: TSESTree.Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral') return node.quasis.map((one) => one.value.cooked ?? '').join(HOLE);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  return (textOf(unwrap(node.left)) ?? HOLE) + (textOf(unwrap(node.right)) ?? HOLE);
}

function parametersOf(text: string): Omit<Address, 'node'> {
  const pairs = pairsOf(text);
  // `${base}` at the end may bring its own.
  if (!pairs) return { parameters: [], open: text.endsWith(HOLE) };
  const known = pairs.filter((one) => !one.split('=')[0]?.includes(HOLE));
  return { parameters: known.map(parameterOf), open: known.length < pairs.length };
}

/** `?a=1&b=2` behind a URL; `Server=db;Max Pool Size=5`, as SQL Server has it. */
function pairsOf(text: string): readonly string[] | undefined {
  const isUrl = text.includes('://') || !text.includes(';');
  const [before = ''] = text.split('#');
  const start = before.indexOf('?');
  if (isUrl && start < 0) return undefined;
  const pairs = isUrl ? before.slice(start + 1).split('&') : text.split(';');
  return pairs.map((one) => one.trim()).filter((one) => one !== '');
}

function parameterOf(pair: string): Parameter {
  const [name = '', ...rest] = pair.split('=');
  const text = rest.join('=');
  return {
    name: decoded(name).trim(),
    value: { is: 'text', text: text.includes(HOLE) ? undefined : decoded(text).trim() },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
