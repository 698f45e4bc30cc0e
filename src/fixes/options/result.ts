import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../../ast/functions.ts';
import { declaredVariable } from '../../ast/variables.ts';
import { routeOf } from './routes.ts';
import type { Route } from './routes.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What a function of this file returns goes to its calls. */
export function resultOf(sourceCode: SourceCode, node: TSESTree.Node, path: Route['path']): Route | undefined {
  const { parent } = node;
  const isBody = parent?.type === 'ArrowFunctionExpression' && parent.body === node;
  const holder = isBody ? parent : parent?.type === 'ReturnStatement' ? holderOf(parent) : undefined;
  if (!holder || !('returnType' in holder)) return undefined;
  const declared = holder.parent.type === 'VariableDeclarator' ? holder.parent.id : holder.id;
  const variable = declared?.type === 'Identifier' ? declaredVariable(sourceCode, declared) : undefined;
  const route = routeOf(variable, path);
  const called = route?.reads.map(({ parent: call }) => call);
  const isCalled = called?.every((one) => one?.type === 'CallExpression' && route?.reads.includes(one.callee));
  return route && isCalled ? { ...route, reads: called as TSESTree.Node[] } : undefined;
}
