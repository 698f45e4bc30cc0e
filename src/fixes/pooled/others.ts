import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';
import { takes } from '../code/light.ts';
import type { PooledClient } from './life.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * While the connection is held, the code takes another one, itself or through functions of this file. From one pool,
 * callers that hold one each and wait for a second would wait for ever.
 */
export function takesAnother(sourceCode: SourceCode, { owner, open, creation }: PooledClient, pool: string): boolean {
  const { site } = creation;
  const maker = sourceCode.getText(site.callee);
  const seen = new Set<TSESTree.Node>([owner]);
  let found = false;
  for (const body of seen) {
    walk(sourceCode, body, (node) => {
      if (node === site || node === open?.call) return;
      if (node.type === 'Identifier' && node.name === pool) found = true;
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return;
      found ||= takes(node) || sourceCode.getText(node.callee) === maker;
      const target = targetOf(sourceCode, node.callee);
      // It calls itself while it holds one.
      if (target === owner) found = true;
      if (target) seen.add(target);
    });
  }
  return found;
}

/** The function of this file that is called. */
function targetOf(sourceCode: SourceCode, callee: TSESTree.Node): TSESTree.Node | undefined {
  const name = unwrap(callee);
  const definition = name.type === 'Identifier' ? findVariable(sourceCode, name)?.defs[0] : undefined;
  const node = definition?.node as TSESTree.Node | undefined;
  // A parameter is defined by its function.
  if (String(definition?.type) === 'FunctionName') return node;
  return node?.type === 'VariableDeclarator' && isFunction(node.init) ? node.init : undefined;
}
