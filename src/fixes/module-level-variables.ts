import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../ast/functions.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isChangedAt } from './module-level-changes.ts';
import { isOfModule } from './module-level-reads.ts';
import type { Dependence } from './module-level-words.ts';
import { isInside } from './places.ts';

type Variable = TSESLint.Scope.Variable;

/** What the value of a variable depends on, where it is read in a function. */
export function dependenceOfVariable(
  variable: Variable,
  root: TSESTree.Node,
  ofInit: (init: TSESTree.Node) => Dependence,
): Dependence {
  const [definition, ...more] = variable.defs;
  if (!definition || more.length > 0) return 'bound';
  if (/^(?:ClassName|FunctionName|ImportBinding|TSEnumName|Type)$/.test(definition.type))
    return isOfModule(variable) ? 'environment' : 'bound';
  const { node } = definition;
  if (node.type !== 'VariableDeclarator') return 'bound';
  const others = variable.references.filter(({ identifier }) => !isInside(identifier as TSESTree.Node, root));
  const isObject = /^(?:Array|Call|Identifier|New|Object)/.test(node.init ? unwrap(node.init).type : '');
  const changes = others
    .map(({ identifier }) => identifier as TSESTree.Node)
    .filter((one) => isChangedAt(one, isObject));
  if (isOfModule(variable)) return changes.some(isInFunction) ? 'bound' : ofModule(variable, node);
  if (changes.length > 0) return 'bound';
  const isPlain = node.init && !isRewritten(variable) && !/^For/.test(node.parent.parent.type);
  if (!isPlain || !node.init || (node.id.type !== 'Identifier' && hasDefaults(node.id))) return 'bound';
  return ofInit(node.init) === 'bound' ? 'bound' : 'environment';
}

/** A variable of the module that functions write may hold what belongs to one request. */
function ofModule(variable: Variable, { id, init }: TSESTree.VariableDeclarator): Dependence {
  const writes = variable.references.filter((one) => one.isWrite());
  if (writes.some(({ identifier }) => isInFunction(identifier as TSESTree.Node))) return 'bound';
  if (writes.length > 1 || id.type !== 'Identifier' || !init) return 'environment';
  return isPrimitive(init) ? 'constant' : 'environment';
}

function isInFunction(node: TSESTree.Node): boolean {
  return isFunction(holderOf(node));
}

function isPrimitive(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === 'TemplateLiteral') return value.expressions.every(isPrimitive);
  if (value.type === 'UnaryExpression') return isPrimitive(value.argument);
  if (value.type === 'BinaryExpression') return isPrimitive(value.left) && isPrimitive(value.right);
  return value.type === 'Literal';
}

function isRewritten({ references }: Variable): boolean {
  return references.some((one) => one.isWrite() && !one.init);
}

function hasDefaults(pattern: TSESTree.DestructuringPattern): boolean {
  if (pattern.type !== 'ObjectPattern') return true;
  return pattern.properties.some((one) => one.type !== 'Property' || one.computed || one.value.type !== 'Identifier');
}
