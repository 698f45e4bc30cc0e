import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findVariable } from '../../ast/variables.ts';
import { collectNames, isOfModule } from '../module-level/reads.ts';
import { meansTheSame } from '../code/same-name.ts';
import { isInside } from '../../ast/inside.ts';
import type { PooledClient } from './life.ts';
import { isMakerOf } from '../imports/export.ts';
import { makingOf } from './making.ts';
import type { Making } from './making.ts';
import { isSamePool } from './options.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What builds the variable, if that is such a pool and nothing else. */
export function makingsOf(
  sourceCode: SourceCode,
  client: PooledClient,
  { identifiers: [name], references }: TSESLint.Scope.Variable,
  given: string,
): { readonly makings: readonly Making[]; readonly isLate: boolean } | undefined {
  const writes = references.filter((one) => one.isWrite());
  const makings = writes.flatMap((one) => makingOf(one) ?? []);
  if (name?.type !== 'Identifier' || makings.length === 0 || makings.length < writes.length) return undefined;
  const isPool = makings.every(({ call }) => isFor(sourceCode, client, call, given));
  const isLate = writes.some((one) => !one.init);
  if (!isPool || !meansTheSame(sourceCode, name, client.creation.site)) return undefined;
  const isMovable = makings.every((one) => one.listening.every((call) => isOfAll(sourceCode, call)));
  if (isLate && (!isMovable || writes.some((one) => one.init))) return undefined;
  return { makings, isLate };
}

/** The same words mean the same in another function. */
export function isOfAll(sourceCode: SourceCode, node: TSESTree.Node): boolean {
  const variables = collectNames(sourceCode, node).map((one) => findVariable(sourceCode, one));
  return variables.every((one) => {
    const [name] = one?.identifiers ?? [];
    return !one || !name || isOfModule(one) || isInside(name, node);
  });
}

function isFor(
  sourceCode: SourceCode,
  { creation, pooled }: PooledClient,
  node: TSESTree.Node,
  given: string,
): boolean {
  if (node.type !== (pooled.new ? 'NewExpression' : 'CallExpression')) return false;
  const call = node as TSESTree.CallExpression | TSESTree.NewExpression;
  return (
    isMakerOf(sourceCode, call.callee, creation.driver, pooled.maker) && isSamePool(sourceCode, call.arguments, given)
  );
}
