import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Lease } from '../drivers/driver.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findVariable, identifiersOf } from '../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Everything the interpreter must know to recognise one connection in the code it runs: which nodes denote it, which
 * call gives it back, where it begins.
 */
export interface Tracked {
  readonly lease: Lease;
  /** Nodes that denote the connection. */
  readonly references: ReadonlySet<TSESTree.Node>;
  /** Those that are the connection's own variable: tests of an alias say nothing about the connection. */
  readonly own: ReadonlySet<TSESTree.Node>;
  /** Those that are an object around it: `session` of `new Session(client)`. */
  readonly coats: ReadonlySet<TSESTree.Node>;
  /** The identifiers that declare its variables. */
  readonly declared: ReadonlySet<TSESTree.Node>;
  /** Nodes that denote the function which gives it back. */
  readonly done: ReadonlySet<TSESTree.Node>;
  /** Nodes that denote the callback's error: truthy means there is no connection. */
  readonly guards: ReadonlySet<TSESTree.Node>;
  /** After this node the connection is held; undefined when it is held from the start. */
  readonly begin: TSESTree.Node | undefined;
  /** It is taken with others at once: when one of them fails, nobody has the rest. */
  readonly together: boolean;
  /** The code whose end is the end of its life. */
  readonly root: TSESTree.Node;
  /** What is true at the start of `root`. */
  readonly start: number;
  /** A throw ends the process instead of the function: plain callbacks. */
  readonly throwsAreFatal: boolean;
}

/** The nodes that denote a connection, and those that denote the function which gives it back. */
export interface Names {
  readonly references: Set<TSESTree.Node>;
  readonly coats: Set<TSESTree.Node>;
  readonly done: Set<TSESTree.Node>;
}

/**
 * Follows the nodes `start` through aliases: `const c = client`, `const db = wrap(client)`, `const { release } = client`.
 * Not followed: values put into objects or arrays (those are escapes).
 */
export function collectNames(
  sourceCode: SourceCode,
  lease: Lease,
  start: readonly TSESTree.Node[],
  done: readonly TSESTree.Node[],
): Names {
  const names: Names = { references: new Set(), coats: new Set(), done: new Set(done) };
  const queue = [...start];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (names.references.has(node)) continue;
    names.references.add(node);
    const same = fluent(node, lease);
    if (same) queue.push(same);
    const aliases = aliasesFrom(sourceCode, lease, node, names);
    const isCoat = names.coats.has(node) || coated(wrapped(node)) !== wrapped(node);
    if (isCoat) for (const alias of aliases) names.coats.add(alias);
    queue.push(...aliases);
  }
  return names;
}

/** `client.on('error', …)` is the client again. */
function fluent(node: TSESTree.Node, lease: Lease): TSESTree.Node | undefined {
  const member = wrapped(node).parent;
  if (member?.type !== 'MemberExpression') return undefined;
  const name = propertyName(member) ?? '';
  const call = /^(?:on|once)$/.test(name) || lease.sameThrough?.includes(name) ? wrapped(member).parent : undefined;
  return call?.type === 'CallExpression' && call.callee === wrapped(member) ? call : undefined;
}

/** The identifiers of the variable that takes the connection over from this reference. */
function aliasesFrom(sourceCode: SourceCode, lease: Lease, node: TSESTree.Node, names: Names): TSESTree.Node[] {
  const value = coated(wrapped(node));
  const { parent } = value;
  if (parent?.type === 'VariableDeclarator' && parent.init === value) {
    if (parent.id.type === 'ObjectPattern') collectDone(sourceCode, lease, parent.id, names);
    return parent.id.type === 'Identifier' ? identifiersIn(sourceCode, parent.id) : [];
  }
  if (parent?.type !== 'AssignmentExpression' || parent.right !== value || parent.operator !== '=') return [];
  const { left } = parent;
  return left.type === 'Identifier' && isLocalTo(sourceCode, left, node) ? identifiersIn(sourceCode, left) : [];
}

/** Every identifier of the variable, its declaration left out. */
export function identifiersIn(sourceCode: SourceCode, name: TSESTree.Identifier): TSESTree.Node[] {
  const found = findVariable(sourceCode, name);
  return found
    ? identifiersOf(found).filter((one) => one.parent.type !== 'VariableDeclarator' || one.parent.id !== one)
    : [];
}

/** A variable of the function in which the connection is used: to put it into an outer one is an escape. */
export function isLocalTo(sourceCode: SourceCode, name: TSESTree.Identifier, node: TSESTree.Node): boolean {
  const target = findVariable(sourceCode, name)?.scope.variableScope;
  return target?.type === 'function' && target === sourceCode.getScope(node).variableScope;
}

/** `wrap(client)` and `new Wrap(client)`, un-awaited, are the connection in another coat. */
function coated(value: TSESTree.Node): TSESTree.Node {
  const { parent } = value;
  if (
    parent?.type === 'CallExpression' &&
    parent.arguments[0] === value &&
    unwrap(parent.callee).type === 'Identifier'
  ) {
    return wrapped(parent);
  }
  const built = parent?.type === 'NewExpression' && parent.arguments[0] === value;
  return built ? wrapped(parent) : value;
}

/** `const { release } = client`: calling `release()` gives the connection back. */
function collectDone(sourceCode: SourceCode, lease: Lease, pattern: TSESTree.ObjectPattern, names: Names): void {
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
    if (!lease.giveBack.includes(keyName(property) ?? '')) continue;
    for (const node of identifiersIn(sourceCode, property.value)) names.done.add(node);
  }
}
