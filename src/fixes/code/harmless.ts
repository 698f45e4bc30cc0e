import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { identifiersOf } from '../../ast/variables.ts';

/** A value without a way to fail and without a trace of what ran before. */
export function isConstant(node: TSESTree.Node | null): boolean {
  const value = node && unwrap(node);
  if (!value || value.type === 'Literal') return true;
  if (value.type === 'TemplateLiteral') return value.expressions.length === 0;
  if (value.type === 'ArrayExpression') return value.elements.every((one) => one !== null && isConstant(one));
  if (value.type === 'ObjectExpression')
    return value.properties.every(
      (one) => one.type === 'Property' && !one.computed && !one.method && isConstant(one.value),
    );
  if (value.type === 'UnaryExpression') return value.operator !== 'delete' && isConstant(value.argument);
  if (value.type === 'NewExpression')
    return (
      value.callee.type === 'Identifier' && /^(?:Map|Set)$/.test(value.callee.name) && value.arguments.length === 0
    );
  return value.type === 'Identifier' && value.name === 'undefined';
}

/** A declaration that may stand before the `try`: constants, types, functions, other names of the connection. */
export function isHarmless(statement: TSESTree.Statement, names: ReadonlySet<TSESLint.Scope.Variable>): boolean {
  if (/^TS(?:TypeAlias|Interface)Declaration$/.test(statement.type)) return true;
  if (statement.type === 'FunctionDeclaration') return true;
  if (statement.type !== 'VariableDeclaration' || /using/.test(statement.kind)) return false;
  return statement.declarations.every(
    (one) => (one.id.type === 'Identifier' && isConstant(one.init)) || isOtherName(one, names),
  );
}

/** `const same = client`, `const { release } = client`. */
function isOtherName({ init, id }: TSESTree.VariableDeclarator, names: ReadonlySet<TSESLint.Scope.Variable>): boolean {
  if (init?.type !== 'Identifier') return false;
  const isOurs = [...names].some((one) => identifiersOf(one).includes(init));
  const isFlat =
    id.type === 'Identifier' ||
    (id.type === 'ObjectPattern' &&
      id.properties.every((one) => one.type === 'Property' && one.value.type === 'Identifier'));
  return isOurs && isFlat;
}
