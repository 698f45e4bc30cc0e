import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { classOf, holderOf, isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { nodeAt } from '../ast/node-at.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { wrapped } from '../ast/unwrap.ts';
import type { Acquisition } from './acquisitions.ts';
import { HELD } from './state.ts';
import { collectNames } from './tracked.ts';
import type { Tracked } from './tracked.ts';

/**
 * Connections that a constructor puts into a field. Such an object serves one piece of work: the method that gives the
 * field back in a `finally` ends the connection's life, so a way out of it before that `finally` loses the connection.
 * Objects with a method of their own for closing, and fields that nobody gives back here, are not followed.
 */
export function followField(
  sourceCode: Readonly<TSESLint.SourceCode>,
  acquisition: Acquisition,
): { name: string; tracked: Tracked[] } | undefined {
  if (acquisition.binding.form !== 'field') return undefined;
  const { target } = acquisition.binding;
  const body = classOf(target);
  const field = propertyName(target);
  if (!body || field === undefined || !isConstructor(holderOf(target))) return undefined;
  const members = membersNamed(sourceCode, body, field);
  const tracked: Tracked[] = [];
  for (const method of body.body) {
    if (method.type !== 'MethodDefinition' || method.kind !== 'method' || !isFunction(method.value)) continue;
    if (/^(?:close|end|release|destroy|dispose|stop|shutdown|disconnect|cleanup|on[A-Z])/.test(keyName(method) ?? ''))
      return undefined;
    const inside = members.filter((one) => one.range[0] >= method.range[0] && one.range[1] <= method.range[1]);
    if (inside.some((one) => givesBackInFinally(acquisition, one)))
      tracked.push(frame(sourceCode, acquisition, method.value, inside));
  }
  return { name: `this.${field}`, tracked };
}

function isConstructor(holder: TSESTree.Node): boolean {
  return holder.parent?.type === 'MethodDefinition' && holder.parent.kind === 'constructor';
}

function membersNamed(
  sourceCode: Readonly<TSESLint.SourceCode>,
  body: TSESTree.ClassBody,
  field: string,
): TSESTree.MemberExpression[] {
  const found: TSESTree.MemberExpression[] = [];
  const { text } = sourceCode;
  const start = `this.${field}`;
  for (let at = text.indexOf(start, body.range[0]); at >= 0 && at < body.range[1]; at = text.indexOf(start, at + 1)) {
    const { parent } = nodeAt(sourceCode, at + 'this.'.length);
    if (
      parent?.type === 'MemberExpression' &&
      propertyName(parent) === field &&
      parent.object.type === 'ThisExpression'
    )
      found.push(parent);
  }
  return found;
}

function givesBackInFinally({ lease }: Acquisition, reference: TSESTree.MemberExpression): boolean {
  const { parent } = wrapped(reference);
  if (parent?.type !== 'MemberExpression' || !lease.giveBack.includes(propertyName(parent) ?? '')) return false;
  for (let at: TSESTree.Node = parent; at.parent && !isFunction(at.parent); at = at.parent) {
    if (at.parent.type === 'TryStatement' && at.parent.finalizer === at) return true;
  }
  return false;
}

function frame(
  sourceCode: Readonly<TSESLint.SourceCode>,
  acquisition: Acquisition,
  root: FunctionNode,
  members: readonly TSESTree.Node[],
): Tracked {
  return {
    lease: acquisition.lease,
    ...collectNames(sourceCode, acquisition.lease, members, []),
    own: new Set(members),
    declared: new Set(),
    guards: new Set(),
    begin: undefined,
    root,
    start: HELD,
    throwsAreFatal: false,
    together: false,
  };
}
