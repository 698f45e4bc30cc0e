import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { isChangedAt } from './changes.ts';
import { withoutListeners } from '../code/listening.ts';
import { isOfModule } from './reads.ts';
import type { Dependence } from './words.ts';
import { isInside } from '../../ast/inside.ts';
import { identifiersOf } from '../../ast/variables.ts';
import { isPrimitive } from './primitive.ts';

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
  if (isOfModule(variable)) return ofModule(variable, node, ofInit);
  const isObject = /^(?:Array|Call|Identifier|New|Object)/.test(node.init ? unwrap(node.init).type : '');
  const others = identifiersOf(variable).filter((one) => !isInside(one, root));
  if (others.some((one) => isChangedAt(one, isObject))) return 'bound';
  const isPlain = node.init && !isRewritten(variable) && !/^For/.test(node.parent.parent.type);
  if (!isPlain || !node.init || (node.id.type !== 'Identifier' && hasDefaults(node.id))) return 'bound';
  return ofInit(node.init) === 'bound' ? 'bound' : 'environment';
}

/** A variable of the module that functions write may hold what belongs to one request, unless `??=` keeps the first. */
function ofModule(
  variable: Variable,
  { id, init }: TSESTree.VariableDeclarator,
  ofInit: (init: TSESTree.Node) => Dependence,
): Dependence {
  const writes = variable.references.filter((one) => one.isWrite());
  const later = writes.map(({ identifier }) => identifier as TSESTree.Node).filter(isInFunction);
  const isKept = ({ parent }: TSESTree.Node): boolean =>
    parent?.type === 'AssignmentExpression' &&
    parent.operator === '??=' &&
    ofInit(withoutListeners(parent.right)) !== 'bound';
  if (!later.every(isKept) || identifiersOf(variable).some((one) => isInFunction(one) && isChangedAt(one, false)))
    return 'bound';
  if (writes.length > 1 || id.type !== 'Identifier' || !init) return 'environment';
  return isPrimitive(init) ? 'constant' : 'environment';
}

function isInFunction(node: TSESTree.Node): boolean {
  return isFunction(holderOf(node));
}

function isRewritten({ references }: Variable): boolean {
  return references.some((one) => one.isWrite() && !one.init);
}

function hasDefaults(pattern: TSESTree.DestructuringPattern): boolean {
  if (pattern.type !== 'ObjectPattern') return true;
  return pattern.properties.some((one) => one.type !== 'Property' || one.computed || one.value.type !== 'Identifier');
}
