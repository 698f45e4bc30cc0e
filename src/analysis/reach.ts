import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { findVariable } from '../ast/variables.ts';
import type { Event } from './events.ts';
import type { Tracked } from './tracked.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Which parts of the code concern a connection: its releases, its condition, and the functions that touch it. */

export function releaseNodes(events: ReadonlyMap<TSESTree.Node, readonly Event[]>, tracked: Tracked): TSESTree.Node[] {
  const nodes = [...events.values()]
    .flat()
    .filter((event) => event.kind === 'release' || event.kind === 'discard')
    .map((event) => event.at);
  for (const reference of [...tracked.references, ...tracked.done]) {
    const link = giveBackValue(reference, tracked);
    if (link) nodes.push(link);
  }
  return nodes.sort((a, b) => a.range[0] - b.range[0]);
}

/** `.finally(client.release)`: the method itself as a handler. */
function giveBackValue(reference: TSESTree.Node, tracked: Tracked): TSESTree.Node | undefined {
  const { parent } = reference;
  const value = tracked.done.has(reference) ? reference : parent;
  if (value?.type === 'MemberExpression') {
    const { property } = value;
    if (property.type !== 'Identifier' || !tracked.lease.giveBack.includes(property.name)) return undefined;
  }
  return value?.parent?.type === 'CallExpression' &&
    value.parent.callee !== value &&
    (value.type === 'MemberExpression' || value === reference) &&
    tracked.done.has(reference) === (value === reference)
    ? value
    : undefined;
}

/** Where the tracked condition gets a value. */
export function assignmentsOf(
  sourceCode: SourceCode,
  tracked: Tracked,
  condition: string | undefined,
): TSESTree.Node[] {
  const name = condition === undefined ? undefined : /^([\w$]+)@/.exec(condition)?.[1];
  if (name === undefined) return [];
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(
    isFunction(tracked.root) ? tracked.root.body : tracked.root,
  );
  for (; scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable)
      return variable.references.filter((one) => one.isWrite()).map((one) => one.identifier as TSESTree.Node);
  }
  return [];
}

/** Whether a node contains one of `marks`, or calls a function of this file that does. */
export function reach(
  sourceCode: SourceCode,
  root: TSESTree.Node,
  marks: readonly TSESTree.Node[],
): (node: TSESTree.Node) => boolean {
  const seen = new Set(marks);
  const functions = new Set<TSESTree.Node>();
  for (const mark of seen) {
    for (let at = mark.parent; at && at !== root; at = at.parent) {
      if (!isFunction(at) || functions.has(at)) continue;
      functions.add(at);
      for (const caller of callersOf(sourceCode, at)) seen.add(caller);
    }
  }
  const starts = [...seen].map((mark) => mark.range[0]).sort((a, b) => a - b);
  return (node) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) < node.range[0]) low = middle + 1;
      else high = middle;
    }
    return low < starts.length && (starts[low] as number) < node.range[1];
  };
}

function callersOf(sourceCode: SourceCode, target: FunctionNode): TSESTree.Node[] {
  const parent = target.parent;
  const name =
    target.type === 'FunctionDeclaration'
      ? target.id
      : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
        ? parent.id
        : null;
  if (!name) return [];
  return findVariable(sourceCode, name)?.references.map((one) => one.identifier as TSESTree.Node) ?? [];
}
