import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { methodOn } from './kept.ts';
import type { Kept } from './kept.ts';
import type { Maker } from './makers.ts';
import type { Repetition } from '../model.ts';

/**
 * A connection that listens to the channel of one id: `subscriber.subscribe(`doc-${doc.id}`)`. One of them exists for
 * each document, user or room, where one connection could listen to all channels.
 */
export function keyedBy(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { owns, site }: Maker,
  kept: Kept,
): Repetition | undefined {
  const holder = holderOf(site);
  // A socket or a stream of events has one user; what has a class is held longer.
  const method = isFunction(holder) ? holder.parent : undefined;
  if (!owns.session || method?.type !== 'MethodDefinition' || method.kind !== 'constructor') return undefined;
  for (const mention of kept.mentions) {
    const method = methodOn(mention);
    const channel = method && owns.session.includes(method.name) ? method.call.arguments[0] : undefined;
    const id = channel && idIn(sourceCode, channel);
    if (id) return { reason: 'keyed', certainty: 'likely', what: `\`${id}\``, node: holder };
  }
  return undefined;
}

/** The id that is a part of the text. */
function idIn(sourceCode: Readonly<TSESLint.SourceCode>, channel: TSESTree.Node): string | undefined {
  const node = unwrap(channel);
  const parts =
    node.type === 'TemplateLiteral'
      ? node.expressions
      : node.type === 'BinaryExpression'
        ? [node.left, node.right]
        : [];
  if (node.type === 'Identifier') {
    const definition = findVariable(sourceCode, node)?.defs[0];
    const init = definition?.type === 'Variable' ? definition.node.init : undefined;
    return init ? idIn(sourceCode, init) : undefined;
  }
  const id = parts.find((one) => /(?:^i|I)d$|_id$|ID$/.test(nameOf(one)));
  return id && sourceCode.getText(id);
}

function nameOf(node: TSESTree.Node): string {
  const value = unwrap(node);
  if (value.type === 'Identifier') return value.name;
  return value.type === 'MemberExpression' ? (propertyName(value) ?? '') : '';
}
