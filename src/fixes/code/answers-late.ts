import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';

/**
 * A Lambda handler that takes a callback answers when nothing is left open: the idle connections of a pool would keep
 * its answer back.
 */
export function answersLate({ text }: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): boolean {
  if (text.includes('callbackWaitsForEmptyEventLoop')) return false;
  for (let at: TSESTree.Node | undefined = node; at; at = at.parent) {
    if (!isFunction(at) || at.async || at.params.length !== 3) continue;
    const [, second, third] = at.params.map((one) => (one.type === 'Identifier' ? one.name : ''));
    if (/^_*(?:context|ctx)?$/i.test(second ?? '') && /^_?(?:callback|cb|done)$/i.test(third ?? '')) return true;
  }
  return false;
}
