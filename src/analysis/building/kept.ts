import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf, isFunction } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { declaredVariable, findVariable, identifiersOf } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';
import type { Site } from '../gate.ts';

/**
 * Where a built value goes, and where the file mentions it again. In: the call that builds it. Out: the name or field
 * that holds it and all mentions of these, aliases (`const promises = pool.promise()`) among them.
 */
type SourceCode = Readonly<TSESLint.SourceCode>;

export interface Kept {
  /** What the user calls it; undefined where it has no name. */
  readonly name: string | undefined;
  readonly variable: TSESLint.Scope.Variable | undefined;
  /** The value as a whole, after `await`, `.on(…)` and the like: what stands in the declaration or argument. */
  readonly value: TSESTree.Node;
  /** Methods called while it was built: `new Client().on('error', …)`. */
  readonly chained: readonly TSESTree.CallExpression[];
  /** Every other mention. */
  readonly mentions: readonly TSESTree.Node[];
}

export function keptOf(sourceCode: SourceCode, site: Site): Kept {
  const chained: TSESTree.CallExpression[] = [];
  let value = wrapped(site);
  for (let outer = outerOf(value, chained); outer; outer = outerOf(value, chained)) value = outer;
  const given = givenBy(sourceCode, site);
  if (given) return { value, chained: [], ...given };
  const { parent } = value;
  if (parent?.type === 'PropertyDefinition' && parent.value === value)
    return { value, chained, ...ofField(sourceCode, parent) };
  const target =
    parent?.type === 'VariableDeclarator'
      ? parent.id
      : parent?.type === 'AssignmentExpression'
        ? parent.left
        : undefined;
  return { value, chained, ...named(sourceCode, target) };
}

/** `connect(url, (error, connection) => …)`, `connect(url).then((connection) => …)`: the parameter is its name. */
function givenBy(sourceCode: SourceCode, site: Site): Pick<Kept, 'mentions' | 'name' | 'variable'> | undefined {
  const last = site.arguments.at(-1);
  const callback = isFunction(last) && site.parent.type === 'ExpressionStatement' ? last : undefined;
  const member = wrapped(site).parent;
  const call = member?.type === 'MemberExpression' && propertyName(member) === 'then' ? member.parent : undefined;
  const then = call?.type === 'CallExpression' && isFunction(call.arguments[0]) ? call.arguments[0] : undefined;
  const name = callback ? (callback.params[1] ?? callback.params[0]) : then?.params[0];
  return name?.type === 'Identifier' ? named(sourceCode, name) : undefined;
}

/** The expression around that is the same value: `await …`, `….on('error', log)`, `a ?? …`, `isTest ? … : …`. */
function outerOf(value: TSESTree.Node, chained: TSESTree.CallExpression[]): TSESTree.Node | undefined {
  const { parent } = value;
  if (parent?.type === 'AwaitExpression') return wrapped(parent);
  if (parent?.type === 'LogicalExpression') return wrapped(parent);
  if (parent?.type === 'ConditionalExpression' && parent.test !== value) return wrapped(parent);
  if (parent?.type === 'MemberExpression' && parent.object === value) {
    const call = wrapped(parent).parent;
    if (call?.type !== 'CallExpression') return undefined;
    chained.push(call);
    return /^(?:on|once|addListener|promise|connect|asPromise|initialize|\$extends)$/.test(propertyName(parent) ?? '')
      ? wrapped(call)
      : undefined;
  }
  return undefined;
}

function named(
  sourceCode: SourceCode,
  target: TSESTree.Node | undefined,
): Pick<Kept, 'mentions' | 'name' | 'variable'> {
  if (target?.type === 'Identifier') {
    const variable = declaredVariable(sourceCode, target) ?? findVariable(sourceCode, target);
    return { name: target.name, variable, mentions: variable ? mentionsOf(sourceCode, variable, target) : [] };
  }
  if (target?.type !== 'MemberExpression') return { name: undefined, variable: undefined, mentions: [] };
  const name = sourceCode.getText(target);
  return { name, variable: undefined, mentions: fieldMentions(sourceCode, target) };
}

function mentionsOf(
  sourceCode: SourceCode,
  variable: TSESLint.Scope.Variable,
  declared: TSESTree.Node,
): TSESTree.Node[] {
  return identifiersOf(variable).flatMap((one) => {
    if (one === declared) return [];
    const alias = aliasOf(sourceCode, one);
    return alias && alias !== variable
      ? [one, ...identifiersOf(alias).filter((each) => each !== alias.identifiers[0])]
      : [one];
  });
}

/** `const promises = pool.promise()`, `const db = pool`. */
function aliasOf(sourceCode: SourceCode, mention: TSESTree.Node): TSESLint.Scope.Variable | undefined {
  let value = wrapped(mention);
  const member = value.parent;
  if (member?.type === 'MemberExpression' && propertyName(member) === 'promise' && member.parent)
    value = wrapped(member.parent);
  const declarator = value.parent;
  return declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier' && declarator.init === value
    ? findVariable(sourceCode, declarator.id)
    : undefined;
}

/** `class Store { #pool = new Pool(); }`. */
function ofField(
  sourceCode: SourceCode,
  field: TSESTree.PropertyDefinition,
): Pick<Kept, 'mentions' | 'name' | 'variable'> {
  const name = `this.${keyName(field) ?? ''}`;
  const mentions: TSESTree.Node[] = [];
  walk(sourceCode, field.parent, (node) => {
    if (node.type === 'MemberExpression' && plain(sourceCode, node) === name) mentions.push(node);
  });
  return { name, variable: undefined, mentions: mentions.sort((a, b) => a.range[0] - b.range[0]) };
}

/** `this.pool` in all of its class, `state.pool` in all of the file. */
function fieldMentions(sourceCode: SourceCode, target: TSESTree.MemberExpression): TSESTree.Node[] {
  const text = plain(sourceCode, target);
  const around: TSESTree.Node = (unwrap(target.object).type === 'ThisExpression' && classOf(target)) || sourceCode.ast;
  const found: TSESTree.Node[] = [];
  walk(sourceCode, around, (node) => {
    if (node.type === 'MemberExpression' && node !== target && plain(sourceCode, node) === text) found.push(node);
  });
  return found.sort((a, b) => a.range[0] - b.range[0]);
}

function plain(sourceCode: SourceCode, node: TSESTree.Node): string {
  return sourceCode.getText(node).replace(/[?!\s]/g, '');
}

/** The method that is called on a mention, with its call. */
export function methodOn(mention: TSESTree.Node): { name: string; call: TSESTree.CallExpression } | undefined {
  const value = wrapped(mention);
  const member = value.parent;
  if (member?.type !== 'MemberExpression' || member.object !== value) return undefined;
  const callee = wrapped(member);
  const call = callee.parent;
  const name = propertyName(member);
  return call?.type === 'CallExpression' && call.callee === callee && name !== undefined ? { name, call } : undefined;
}

/** The call that a mention is an argument of, by itself or in an object: it is lent to it. */
export function lentTo(mention: TSESTree.Node): TSESTree.CallExpression | TSESTree.NewExpression | undefined {
  const value = wrapped(mention);
  const { parent } = value;
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression')
    return parent.callee === value ? undefined : parent;
  if (parent?.type === 'Property' && parent.value === value) return lentTo(parent.parent);
  return parent?.type === 'ArrayExpression' || parent?.type === 'SpreadElement' ? lentTo(parent) : undefined;
}

/** `const hub = { pool }`: a part of something that has a name of its own. */
function isNamed(object: TSESTree.Node): boolean {
  return wrapped(object).parent?.type === 'VariableDeclarator';
}

/** It is returned, assigned or put into an object that nobody is given: others may hold it. */
export function leaves(mention: TSESTree.Node): boolean {
  const value = wrapped(mention);
  const { parent } = value;
  switch (parent?.type) {
    case 'ArrowFunctionExpression':
      return parent.body === value;
    case 'ReturnStatement':
    case 'YieldExpression':
    case 'ExportSpecifier':
    case 'ExportDefaultDeclaration':
      return true;
    case 'AssignmentExpression':
      return parent.right === value;
    case 'AwaitExpression':
    case 'ArrayExpression':
    case 'ConditionalExpression':
    case 'LogicalExpression':
      return leaves(parent);
    case 'Property':
      return parent.value === value && (leaves(parent.parent) || isNamed(parent.parent));
    default:
      return false;
  }
}
