import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { collectCarried } from './carried.ts';
import { isLight } from '../code/light.ts';
import { isInside } from '../../ast/inside.ts';
import type { List } from '../../ast/places.ts';
import type { Plan } from './plan.ts';
import { wayOf } from './way.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The declarations of a future `try` around `span` that the code outside of it uses; `names` are those of the connection. */
export function carriedBy(
  sourceCode: SourceCode,
  span: List,
  names: ReadonlySet<TSESLint.Scope.Variable>,
  isTyped: boolean,
): Plan['carried'] {
  const outside = (node: TSESTree.Node): boolean => !span.some((one) => isInside(node, one));
  return collectCarried(sourceCode, span, outside).map((one) => ({
    ...one,
    way: wayOf(sourceCode, one, span, names, isTyped),
  }));
}

/** The rest of the list may move into the `try`: always where nothing gave back, else if it is light. */
export function canExtend(
  sourceCode: SourceCode,
  { hold, others, end, last }: Omit<Plan, 'carried'>,
  before: number,
): boolean {
  if (hold.end !== hold.list.length) return false;
  if (!end && others.length === 0) return true;
  const rest = hold.list.slice(before + 1, last + 1).filter((one) => one !== end?.statement);
  return rest.every((one) => one.type !== 'FunctionDeclaration' && isLight(sourceCode, one));
}
