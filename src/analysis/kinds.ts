import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf, isFunction } from '../ast/functions.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { kindOfAnnotation } from './annotations.ts';
import { exportOf, originOf } from './imports.ts';
import type { Origin } from './imports.ts';
import { known, member, takingOf } from './known.ts';
import type { Known } from './known.ts';
import { findFunction } from './local-functions.ts';

/**
 * The first rungs of the recognition ladder: what a value is, by imports, annotations and settings. In: an expression.
 * Out: a kind of a driver, or nothing. Evidence from use is a rung of its own. Other files are never read.
 */
export interface Ladder {
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  /** What `settings.pool.pools` says about an imported name. */
  readonly named: (origin: Origin) => Known | undefined;
  /** What the type checker says, where there is one: `other` refutes. */
  readonly typed: (node: TSESTree.Node) => Known | 'other' | undefined;
  /** Answers given so far. What is asked for while it is being answered is unknown. */
  readonly answers: Map<TSESTree.Node, Known | undefined>;
}

const DEEPEST = 12;

export function kindOf(ladder: Ladder, expression: TSESTree.Node, depth = 0): Known | undefined {
  const node = unwrap(expression);
  // One answer for all mentions of a name: builders reassigned a hundred times are asked once.
  const definition = node.type === 'Identifier' ? findVariable(ladder.sourceCode, node)?.identifiers[0] : undefined;
  const key: TSESTree.Node = definition ?? node;
  if (depth > DEEPEST || ladder.answers.has(key)) return ladder.answers.get(key);
  ladder.answers.set(key, undefined);
  const answer = climb(ladder, node, depth);
  ladder.answers.set(key, answer);
  return answer;
}

function climb(ladder: Ladder, node: TSESTree.Node, depth: number): Known | undefined {
  const { sourceCode } = ladder;
  const stated = node.parent?.type === 'TSAsExpression' && kindOfAnnotation(sourceCode, node.parent.typeAnnotation);
  if (stated) return stated;
  const typed = ladder.typed(node);
  if (typed) return typed === 'other' ? undefined : typed;
  const exported = exportOf(sourceCode, node);
  return exported?.value.is ? known(exported.driver, exported.value.is) : kindOfExpression(ladder, node, depth);
}

function kindOfExpression(ladder: Ladder, node: TSESTree.Node, depth: number): Known | undefined {
  const next = (inner: TSESTree.Node): Known | undefined => kindOf(ladder, inner, depth + 1);
  switch (node.type) {
    case 'Identifier':
      return kindOfName(ladder, node, depth);
    case 'MemberExpression':
      return kindOfMember(ladder, node, depth);
    case 'CallExpression':
      return kindOfCall(ladder, node, depth);
    case 'NewExpression':
      return instanceOf(ladder, superClassOf(ladder, node.callee) ?? node.callee);
    case 'ThisExpression':
      return instanceOf(ladder, classOf(node)?.parent.superClass);
    case 'AwaitExpression':
      return next(node.argument);
    case 'AssignmentExpression':
      return next(node.right);
    case 'LogicalExpression':
      return next(node.left) ?? next(node.right);
    case 'ConditionalExpression':
      return next(node.consequent) ?? next(node.alternate);
    default:
      return undefined;
  }
}

function instanceOf(ladder: Ladder, made: TSESTree.Node | null | undefined): Known | undefined {
  const exported = made ? exportOf(ladder.sourceCode, made) : undefined;
  return exported && known(exported.driver, exported.value.new);
}

/** `class Store extends Pool`: its instances are pools. */
export function superClassOf(ladder: Ladder, callee: TSESTree.Node): TSESTree.Node | undefined {
  const node = unwrap(callee);
  const definition = node.type === 'Identifier' ? findVariable(ladder.sourceCode, node)?.defs[0] : undefined;
  return definition?.type === 'ClassName' ? (definition.node.superClass ?? undefined) : undefined;
}

function kindOfName(ladder: Ladder, node: TSESTree.Identifier, depth: number): Known | undefined {
  const variable = findVariable(ladder.sourceCode, node);
  const definition = variable?.defs[0];
  if (!variable || !definition) return undefined;
  const origin = originOf(variable);
  if (origin) return ladder.named(origin);
  const annotated = annotationOf(definition.name as TSESTree.Node);
  const byType = annotated && kindOfAnnotation(ladder.sourceCode, annotated);
  if (byType) return byType;
  if (definition.type === 'Parameter') return kindOfParameter(ladder, definition.name as TSESTree.Node);
  if (definition.type !== 'Variable') return undefined;
  const declarator = definition.node as TSESTree.VariableDeclarator;
  if (declarator.id.type !== 'Identifier')
    return kindOfPart(ladder, declarator, definition.name as TSESTree.Node, depth);
  return firstKnown(ladder, valuesOf(variable), depth);
}

/** `({ pool }: { pool: Pool }) => …`. */
function kindOfParameter(ladder: Ladder, name: TSESTree.Node): Known | undefined {
  const property = name.parent;
  const pattern = property?.type === 'Property' ? property.parent : undefined;
  if (property?.type !== 'Property' || pattern?.type !== 'ObjectPattern') return undefined;
  const annotation = pattern.typeAnnotation?.typeAnnotation;
  const members = annotation?.type === 'TSTypeLiteral' ? annotation.members : [];
  const stated = members.find((one) => one.type === 'TSPropertySignature' && keyName(one) === keyName(property));
  const type = stated?.type === 'TSPropertySignature' ? stated.typeAnnotation?.typeAnnotation : undefined;
  return type && kindOfAnnotation(ladder.sourceCode, type);
}

/** `const { client } = knex`. */
function kindOfPart(
  ladder: Ladder,
  { id, init }: TSESTree.VariableDeclarator,
  name: TSESTree.Node,
  depth: number,
): Known | undefined {
  if (id.type !== 'ObjectPattern' || !init) return undefined;
  const whole = kindOf(ladder, init, depth + 1);
  const property = id.properties.find((one) => one.type === 'Property' && one.value === name);
  const key = property?.type === 'Property' ? keyName(property) : undefined;
  return whole && key !== undefined ? member(whole, key) : undefined;
}

function annotationOf(name: TSESTree.Node): TSESTree.TypeNode | undefined {
  return name.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
}

function valuesOf(variable: TSESLint.Scope.Variable): TSESTree.Node[] {
  return variable.references.flatMap((one) => (one.isWrite() && one.writeExpr ? [one.writeExpr as TSESTree.Node] : []));
}

function firstKnown(ladder: Ladder, values: readonly TSESTree.Node[], depth: number): Known | undefined {
  for (const value of values) {
    const found = kindOf(ladder, value, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function kindOfMember(ladder: Ladder, node: TSESTree.MemberExpression, depth: number): Known | undefined {
  const name = propertyName(node);
  if (name === undefined) return undefined;
  if (unwrap(node.object).type === 'ThisExpression') return kindOfField(ladder, node, name, depth);
  const whole = kindOf(ladder, node.object, depth + 1);
  return whole && member(whole, name);
}

/** `this.pool`: by its declaration, a constructor's parameter property, or what is assigned to it. */
function kindOfField(ladder: Ladder, node: TSESTree.MemberExpression, name: string, depth: number): Known | undefined {
  const body = classOf(node);
  if (!body) return undefined;
  for (const one of body.body) {
    if (one.type === 'PropertyDefinition' && keyName(one) === name) {
      const annotation = one.typeAnnotation?.typeAnnotation;
      const found = annotation && kindOfAnnotation(ladder.sourceCode, annotation);
      return found ?? firstKnown(ladder, [...(one.value ? [one.value] : []), ...assignedTo(body, name)], depth);
    }
    if (one.type === 'MethodDefinition' && one.kind === 'get' && keyName(one) === name)
      return kindOfResult(ladder, one.value, depth);
    const parameter =
      one.type === 'MethodDefinition' && one.kind === 'constructor' ? parameterProperty(one, name) : undefined;
    if (parameter) return kindOfAnnotation(ladder.sourceCode, parameter);
  }
  return firstKnown(ladder, assignedTo(body, name), depth);
}

function parameterProperty(constructor: TSESTree.MethodDefinition, name: string): TSESTree.TypeNode | undefined {
  for (const one of constructor.value.params) {
    if (one.type !== 'TSParameterProperty') continue;
    const parameter = one.parameter.type === 'AssignmentPattern' ? one.parameter.left : one.parameter;
    if (parameter.type === 'Identifier' && parameter.name === name) return parameter.typeAnnotation?.typeAnnotation;
  }
  return undefined;
}

/** What the constructor's own statements assign to `this.name`. */
function assignedTo(body: TSESTree.ClassBody, name: string): TSESTree.Node[] {
  const values: TSESTree.Node[] = [];
  for (const one of body.body) {
    if (one.type !== 'MethodDefinition' || !one.value.body) continue;
    for (const statement of one.value.body.body) {
      if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
      const { left, right } = statement.expression;
      const isField =
        left.type === 'MemberExpression' && left.object.type === 'ThisExpression' && propertyName(left) === name;
      if (isField) values.push(right);
    }
  }
  return values;
}

function kindOfCall(ladder: Ladder, node: TSESTree.CallExpression, depth: number): Known | undefined {
  const callee = unwrap(node.callee);
  const exported = exportOf(ladder.sourceCode, callee);
  if (exported) return known(exported.driver, exported.value.call);
  const target = findFunction(ladder.sourceCode, callee) ?? declaredFunction(ladder, callee);
  if (target) return kindOfResult(ladder, target, depth);
  if (callee.type === 'MemberExpression') {
    const whole = kindOf(ladder, callee.object, depth + 1);
    const name = propertyName(callee);
    if (!whole || name === undefined) return undefined;
    // An emitter gives itself: `new Pool().on('error', log)`.
    if (/^(?:on|once|addListener)$/.test(name)) return whole;
    const taking = takingOf(whole, name);
    return taking ? known(whole.driver, taking.method.gives) : member(whole, name);
  }
  const called = kindOf(ladder, callee, depth + 1);
  return called && known(called.driver, called.driver.kinds[called.kind]?.call);
}

/** `declare function database(): Pool`. */
function declaredFunction(ladder: Ladder, callee: TSESTree.Node): TSESTree.TSDeclareFunction | undefined {
  const node = callee.type === 'Identifier' ? findVariable(ladder.sourceCode, callee)?.defs[0]?.node : undefined;
  return node?.type === 'TSDeclareFunction' ? node : undefined;
}

/** `getPool()`: by its annotation, or what its own statements return. */
function kindOfResult(ladder: Ladder, target: TSESTree.Node, depth: number): Known | undefined {
  const isDeclared = target.type === 'TSDeclareFunction';
  if (!isDeclared && !isFunction(target)) return undefined;
  const annotation = target.returnType && kindOfAnnotation(ladder.sourceCode, target.returnType.typeAnnotation);
  if (annotation || isDeclared) return annotation;
  if (target.body.type !== 'BlockStatement') return kindOf(ladder, target.body, depth + 1);
  const returned = target.body.body.flatMap((one) =>
    one.type === 'ReturnStatement' && one.argument ? [one.argument] : [],
  );
  return firstKnown(ladder, returned, depth);
}
