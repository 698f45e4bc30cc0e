import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { declaredVariable, identifiersOf } from '../../ast/variables.ts';
import { isMemoised } from '../building/memo.ts';
import { nameOf, namesOfFunction } from './named-functions.ts';

/**
 * Where a function stands as a value: itself, the mentions of its name, and the results of wrappers (`asyncHandler(fn)`,
 * `fn.bind(this)`), which call it as often as they are called. In: a function. Out: expressions; calls are left out.
 */

type SourceCode = Readonly<TSESLint.SourceCode>;

const DEEPEST = 4;

export function placesOf(sourceCode: SourceCode, fn: FunctionNode): TSESTree.Node[] {
  const places = new Set<TSESTree.Node>();
  for (const one of [fn, ...namesOfFunction(sourceCode, fn)]) addNames(sourceCode, one, places, 0);
  return [...places];
}

/** What the value at `place` is put into or wrapped by. */
function addNames(sourceCode: SourceCode, place: TSESTree.Node, places: Set<TSESTree.Node>, depth: number): void {
  if (depth > DEEPEST || places.has(place) || isCallee(place)) return;
  places.add(place);
  const next = (one: TSESTree.Node): void => addNames(sourceCode, one, places, depth + 1);
  const name = nameOf(place);
  const variable = name && declaredVariable(sourceCode, name);
  for (const one of variable ? identifiersOf(variable) : []) if (one !== name) next(one);
  const wrapper = wrapperOf(place);
  if (wrapper) next(wrapper);
}

export function isCallee(node: TSESTree.Node): boolean {
  const value = wrapped(node);
  const { parent } = value;
  return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === value;
}

/** `asyncHandler(fn)`, `fn.bind(this)`, `async (…) => fn(…)` is a call of its own. */
function wrapperOf(place: TSESTree.Node): TSESTree.CallExpression | undefined {
  const value = wrapped(place);
  const { parent } = value;
  if (parent?.type === 'MemberExpression' && parent.object === value && propertyName(parent) === 'bind') {
    const call = wrapped(parent).parent;
    return call?.type === 'CallExpression' ? call : undefined;
  }
  const isArgument = parent?.type === 'CallExpression' && parent.callee !== value;
  return isArgument && !isMemoised(parent.callee) ? parent : undefined;
}

/** How a value leaves the file: `default`, a name, or a name and a key of the exported object. */
export interface Exposure {
  readonly name: string;
  readonly key?: string;
}

export function exposuresOf(place: TSESTree.Node): Exposure[] {
  const value = wrapped(place);
  const { parent } = value;
  if (parent?.type === 'ExportDefaultDeclaration') return [{ name: 'default' }];
  if (parent?.type === 'ExportSpecifier') {
    const { exported } = parent;
    return [{ name: exported.type === 'Identifier' ? exported.name : exported.value }];
  }
  const own = nameOf(value);
  if (own && isExportedDeclaration(value.type === 'FunctionDeclaration' ? value : own.parent.parent))
    return [{ name: own.name }];
  if (parent?.type === 'AssignmentExpression' && parent.right === value) return assigned(parent.left);
  return propertyExposures(value);
}

function isExportedDeclaration(declaration: TSESTree.Node | undefined): boolean {
  return declaration?.parent?.type === 'ExportNamedDeclaration';
}

/** `{ fetch }`, `{ async fetch() {} }` of an exported object. */
function propertyExposures(value: TSESTree.Node): Exposure[] {
  const property = value.parent;
  if (property?.type === 'ArrayExpression') return exposuresOf(property);
  if (property?.type !== 'Property' || property.value !== value) return [];
  const key = keyName(property);
  const object = property.parent;
  if (key === undefined || object.type !== 'ObjectExpression') return [];
  return exposuresOf(object).map(({ name }) => (name === 'module.exports' ? { name: key } : { name, key }));
}

/** `exports.handler =`, `module.exports =`. */
function assigned(target: TSESTree.Node): Exposure[] {
  const node = unwrap(target);
  if (node.type !== 'MemberExpression') return [];
  const name = propertyName(node);
  const object = unwrap(node.object);
  if (object.type === 'Identifier' && object.name === 'module' && name === 'exports')
    return [{ name: 'module.exports' }, { name: 'default' }];
  const isExports =
    (object.type === 'Identifier' && object.name === 'exports') ||
    (object.type === 'MemberExpression' && propertyName(object) === 'exports');
  return isExports && name !== undefined ? [{ name }] : [];
}
