import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../../ast/functions.ts';
import { collect } from '../../ast/walk.ts';
import { declaredBy } from './carried.ts';
import type { Carried } from './carried.ts';
import { isHarmless } from '../code/harmless.ts';
import { takes } from '../code/light.ts';
import { isInside } from '../../ast/inside.ts';
import { isNamedIn } from '../../ast/named-in.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** How a carried declaration leaves the `try`: as a whole, as a `let` without its value, or not at all. */
export type Way = 'move' | 'split' | undefined;

export function wayOf(
  sourceCode: SourceCode,
  { statement, variables }: Carried,
  span: readonly TSESTree.Statement[],
  names: ReadonlySet<Variable>,
  isTyped: boolean,
): Way {
  if (isHarmless(statement, names)) return isFree(sourceCode, statement, span) ? 'move' : undefined;
  if (statement.type !== 'VariableDeclaration' || /using/.test(statement.kind)) return undefined;
  // Another connection would be given back while it may not be there.
  if (statement.declarations.some(({ init }) => !init || collect(sourceCode, init, takes).length > 0)) return undefined;
  if (!isTyped) return 'split';
  // TypeScript follows an untyped `let` only as long as no closure sees it on the way.
  const isPlain = variables.every((one) => isTypedName(one) || !isCaptured(one, span));
  return isPlain && statement.declarations.every(hasOwnType) ? 'split' : undefined;
}

/** It uses nothing that the `try` declares. */
export function isFree(
  sourceCode: SourceCode,
  statement: TSESTree.Statement,
  span: readonly TSESTree.Statement[],
): boolean {
  const inner = span.filter((one) => one !== statement).flatMap((one) => declaredBy(sourceCode, one));
  return inner.every((one) => !isNamedIn(one, statement));
}

function isTypedName({ identifiers }: Variable): boolean {
  const [name] = identifiers;
  return name?.type === 'Identifier' && name.typeAnnotation !== undefined;
}

function isCaptured({ references, identifiers }: Variable, span: readonly TSESTree.Statement[]): boolean {
  const owner = identifiers[0] && holderOf(identifiers[0]);
  return references.some(({ identifier }) => {
    const node = identifier as TSESTree.Node;
    return holderOf(node) !== owner && span.some((one) => isInside(node, one));
  });
}

/** A pattern's annotation has no place on a bare `let`; a literal's own type is lost. */
function hasOwnType({ id, init }: TSESTree.VariableDeclarator): boolean {
  if (id.type !== 'Identifier') return id.typeAnnotation === undefined;
  return (
    id.typeAnnotation !== undefined ||
    !/^(?:Literal|ArrayExpression|ConditionalExpression|LogicalExpression|TSAsExpression|ArrowFunctionExpression|FunctionExpression)$/.test(
      init?.type ?? '',
    )
  );
}
