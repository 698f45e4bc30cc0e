import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { findVariable } from '../../ast/variables.ts';
import { collect } from '../../ast/walk.ts';
import { isHarmlessCall, LATE_GLOBALS } from './calls.ts';
import { dependenceOfVariable } from './variables.ts';
import { collectNames } from './reads.ts';
import { worst } from './words.ts';
import type { Dependence } from './words.ts';
import { isInside } from '../../ast/inside.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The worst of what the parts of an expression depend on. */
export function dependenceOf(sourceCode: SourceCode, root: TSESTree.Node, depth = 0): Dependence {
  // Functions may name each other in a circle.
  if (depth > 8) return 'bound';
  if (collect(sourceCode, root, (node) => isTied(sourceCode, node, root)).length > 0) return 'bound';
  const all = collectNames(sourceCode, root).map((name) => dependenceOfName(sourceCode, name, root, depth));
  const isLate = collect(sourceCode, root, (node) => node.type === 'MetaProperty').length > 0;
  return worst(isLate ? [...all, 'environment'] : all);
}

function dependenceOfName(
  sourceCode: SourceCode,
  name: TSESTree.Identifier,
  root: TSESTree.Node,
  depth: number,
): Dependence {
  const variable = findVariable(sourceCode, name);
  const isLater = isIn(name, root, (node) => isFunction(node));
  if (isIn(name, root, (node) => /^TS(?:Type|Qualified)/.test(node.type))) {
    const isLocal = variable && variable.scope.block.type !== 'Program' && !isInside(variable.scope.block, root);
    return isLocal ? 'bound' : 'constant';
  }
  if (!variable || variable.defs.length === 0) return dependenceOfGlobal(name.name, isLater);
  if (isInside(variable.scope.block, root)) return 'constant';
  return dependenceOfVariable(variable, root, (init) => dependenceOf(sourceCode, init, depth + 1));
}

function dependenceOfGlobal(name: string, isLater: boolean): Dependence {
  if (/^(?:undefined|NaN|Infinity|__dirname|__filename)$/.test(name)) return 'constant';
  if (LATE_GLOBALS.has(name)) return 'environment';
  return isLater && name !== 'arguments' ? 'constant' : 'bound';
}

/** Calls of the user's functions may answer differently for each request. */
function isTied(sourceCode: SourceCode, node: TSESTree.Node, root: TSESTree.Node): boolean {
  if (isIn(node, root, (one) => isFunction(one) && one.type !== 'ArrowFunctionExpression')) return false;
  if (/^(?:Super|ThisExpression)$/.test(node.type)) return true;
  if (isIn(node, root, isFunction)) return false;
  if (node.type === 'CallExpression') return !isHarmlessCall(sourceCode, node);
  return /^(?:AssignmentExpression|AwaitExpression|ImportExpression|TaggedTemplateExpression|UpdateExpression|YieldExpression)$/.test(
    node.type,
  );
}

function isIn(node: TSESTree.Node, root: TSESTree.Node, test: (one: TSESTree.Node) => boolean): boolean {
  for (let at = node.parent; at && at !== root.parent; at = at.parent) if (test(at)) return true;
  return false;
}
