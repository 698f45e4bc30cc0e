import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../ast/functions.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import type { CallSlot, Framework } from '../frameworks/framework.ts';
import type { Certainty } from './model.ts';
import { fromModules, isReceiver } from './receivers.ts';

/** Whether `place` is what a framework's call takes as its handler: `app.get('/', place)`, `run({ eachMessage: place })`. */
export function isCallSlot(
  sourceCode: Readonly<TSESLint.SourceCode>,
  framework: Framework,
  slot: CallSlot,
  place: TSESTree.Node,
  fn: FunctionNode,
): Certainty | undefined {
  const given = givenTo(place);
  if (!given || !slot.names.includes(given.name)) return undefined;
  if (!isMeantArgument(slot, given)) return undefined;
  if (slot.first && !slot.first.includes(literalText(given.call.arguments[0]) ?? '')) return undefined;
  const callee = unwrap(given.call.callee);
  if (slot.on) {
    return callee.type === 'MemberExpression'
      ? isReceiver(sourceCode, framework, slot.on, callee.object, { call: given.call, fn })
      : undefined;
  }
  return isOwnFunction(sourceCode, framework, callee) ? 'proven' : undefined;
}

interface Given {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  /** The last name of what is called. */
  readonly name: string;
  /** The keys between the argument and the function, outermost first. */
  readonly keys: readonly string[];
}

/** The call that takes the value as an argument, or inside an array or object that is one. */
function givenTo(place: TSESTree.Node): Given | undefined {
  const keys: string[] = [];
  let node = wrapped(place);
  for (let { parent } = node; parent; { parent } = node) {
    if (parent.type === 'Property' && parent.value === node) keys.unshift(keyName(parent) ?? '');
    else if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
      const name = parent.callee === node ? undefined : lastNameOf(parent.callee);
      return name === undefined ? undefined : { call: parent, name, keys };
    } else if (parent.type !== 'ArrayExpression' && parent.type !== 'ObjectExpression') return undefined;
    node = wrapped(parent);
  }
  return undefined;
}

function lastNameOf(callee: TSESTree.Node): string | undefined {
  const node = unwrap(callee);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return propertyName(node);
  // `createServerFn({ method: 'GET' })(fn)`: the maker's name.
  return node.type === 'CallExpression' ? lastNameOf(node.callee) : undefined;
}

function isMeantArgument({ properties, anywhere }: CallSlot, { keys }: Given): boolean {
  if (anywhere) return properties ? keys.some((one) => properties.includes(one)) : keys.length > 0;
  const key = keys.length === 1 ? keys[0] : undefined;
  return properties ? key !== undefined && properties.includes(key) : keys.length === 0;
}

function literalText(node: TSESTree.Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** A function of the framework itself: `createServer(fn)`, `functions.http(name, fn)`, or a global of its runtime. */
function isOwnFunction(sourceCode: Readonly<TSESLint.SourceCode>, framework: Framework, callee: TSESTree.Node): boolean {
  const root = rootOf(callee);
  if (root?.type !== 'Identifier') return false;
  const variable = findVariable(sourceCode, root);
  if (!variable || variable.defs.length === 0) return true;
  return fromModules(sourceCode, framework, root);
}

function rootOf(callee: TSESTree.Node): TSESTree.Node | undefined {
  const node = unwrap(callee);
  if (node.type === 'MemberExpression') return rootOf(node.object);
  return node.type === 'CallExpression' ? rootOf(node.callee) : node;
}
