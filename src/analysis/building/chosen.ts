import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf } from '../../ast/functions.ts';
import type { FunctionNode } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';
import { decoratorsOf } from '../../ast/typescript.ts';
import { addressOf } from './exempt.ts';
import type { Maker } from './makers.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * `runOn(url, sql)`, `asUser(user, password)`, `new Store({ connection })`: who calls a function or constructs a class
 * says which database is meant, so that there is none to share. In: the call that builds, and a function whose callers
 * are known, so that its own parameters say nothing. Out: yes or no.
 */
export function isChosenByCaller(sourceCode: SourceCode, site: Maker['site'], known?: FunctionNode): boolean {
  return addressOf(site).some((one) => isOfParameter({ sourceCode, known }, one, 0));
}

interface Search {
  readonly sourceCode: SourceCode;
  readonly known: FunctionNode | undefined;
}

/** Names of records that describe a connection: of a larger record, only these parts say which database is meant. */
const RECORDS =
  /(?:connection|credentials?|data_?source|dsn)(?:options|conf|config|settings|ur[il])?$|(?:database|db|mysql|mongo|postgres|pg|redis)(?:options|conf|config|ur[il])$/i;
const DEEPEST = 5;

/** A parameter, text made of one, or what a parameter that describes a connection says. */
function isOfParameter(search: Search, node: TSESTree.Node, depth: number): boolean {
  const value = unwrap(node);
  const next = (inner: TSESTree.Node): boolean => depth < DEEPEST && isOfParameter(search, inner, depth + 1);
  switch (value.type) {
    case 'TemplateLiteral':
      return value.expressions.some(next);
    case 'LogicalExpression':
      return next(value.left);
    case 'ObjectExpression':
      return value.properties.some((one) => next(one.type === 'SpreadElement' ? one.argument : one.value));
    case 'CallExpression':
      return value.arguments.some(next) || isAnswer(value, next);
    case 'MemberExpression':
      return isOfField(search.sourceCode, value, next) || (isRecord(value) && next(value.object));
    case 'Identifier':
      return isOfName(search, value, next);
    default:
      return false;
  }
}

type Next = (inner: TSESTree.Node) => boolean;

/** `options.get('url')`; what a field can be asked is a service. */
function isAnswer({ callee }: TSESTree.CallExpression, next: Next): boolean {
  return callee.type === 'MemberExpression' && unwrap(callee.object).type !== 'MemberExpression' && next(callee.object);
}

/** `connection.url`, `fields.redisOptions`. */
function isRecord({ object, property }: TSESTree.MemberExpression): boolean {
  return [object, property].some((one) => RECORDS.test(lastName(one)));
}

function lastName(node: TSESTree.Node): string {
  const value = unwrap(node);
  if (value.type === 'Identifier') return value.name;
  return value.type === 'MemberExpression' ? (propertyName(value) ?? '') : '';
}

function isOfName({ sourceCode, known }: Search, name: TSESTree.Identifier, next: Next): boolean {
  const definition = findVariable(sourceCode, name)?.defs[0];
  if (definition?.type === 'Parameter') return definition.node !== known;
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  if (!init) return false;
  if (definition?.node.type === 'VariableDeclarator' && definition.node.id === definition.name)
    return /^(?:CallExpression|MemberExpression|TemplateLiteral)$/.test(init.type) && next(init);
  // `const { datasourceOptions } = this.config`.
  return (RECORDS.test(name.name) || RECORDS.test(lastName(init))) && next(init);
}

/** `this.url`, where the constructor was given it. A container that constructs the class has one answer for all. */
function isOfField(sourceCode: SourceCode, member: TSESTree.MemberExpression, next: Next): boolean {
  const body = member.object.type === 'ThisExpression' ? classOf(member) : undefined;
  const key = propertyName(member);
  if (!body || key === undefined || decoratorsOf(body.parent).length > 0) return false;
  const constructor = body.body.find((one) => one.type === 'MethodDefinition' && one.kind === 'constructor');
  if (constructor?.type !== 'MethodDefinition') return false;
  const isParameter = constructor.value.params.some(
    (one) => one.type === 'TSParameterProperty' && lastName(parameterOf(one)) === key,
  );
  return isParameter || assignedTo(sourceCode, constructor, key).some(next);
}

function parameterOf({ parameter }: TSESTree.TSParameterProperty): TSESTree.Node {
  return parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
}

/** The values of `this.key = …`. */
function assignedTo(sourceCode: SourceCode, constructor: TSESTree.Node, key: string): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(sourceCode, constructor, (node) => {
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return;
    if (node.left.object.type === 'ThisExpression' && propertyName(node.left) === key) found.push(node.right);
  });
  return found;
}
