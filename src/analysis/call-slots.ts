import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../ast/functions.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { declaredVariable, findVariable, identifiersOf } from '../ast/variables.ts';
import type { CallSlot, Framework } from '../frameworks/framework.ts';
import type { Certainty } from './model.ts';
import { fromModules, isReceiver } from './receivers.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Whether `place` is what a framework's call takes as its handler: `app.get('/', place)`, `run({ eachMessage: place })`. */
export function isCallSlot(
  sourceCode: SourceCode,
  framework: Framework,
  slot: CallSlot,
  place: TSESTree.Node,
  fn: FunctionNode,
): Certainty | undefined {
  for (const given of givenTo(sourceCode, place)) {
    if (!isMeantArgument(slot, given)) continue;
    const callee = unwrap(given.call.callee);
    if (!slot.on && isOwnFunction(sourceCode, framework, callee)) return 'proven';
    if (!slot.on || callee.type !== 'MemberExpression') continue;
    const certainty = isReceiver(sourceCode, framework, slot.on, callee.object, {
      call: given.call,
      fn,
      isTold: Boolean(slot.properties ?? slot.first),
    });
    if (certainty) return certainty;
  }
  return undefined;
}

interface Given {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  /** The last name of what is called. */
  readonly name: string;
  /** The keys between the argument and the function, outermost first. */
  readonly keys: readonly string[];
}

/** The calls that take the value as an argument, or inside an array or object that is one, by its name too. */
function givenTo(sourceCode: SourceCode, place: TSESTree.Node, inner: readonly string[] = []): Given[] {
  let keys = inner;
  let node = wrapped(place);
  for (let { parent } = node; parent; { parent } = node) {
    if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
      const name = parent.callee === node ? undefined : lastNameOf(parent.callee);
      return name === undefined ? [] : [{ call: parent, name, keys }];
    }
    if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && keys.length > 0) {
      const variable = inner.length < keys.length ? declaredVariable(sourceCode, parent.id) : undefined;
      const all = keys;
      return (variable ? identifiersOf(variable) : []).flatMap((one) =>
        one === (parent.id as TSESTree.Node) ? [] : givenTo(sourceCode, one, all),
      );
    }
    if (parent.type === 'Property' && parent.value === node) keys = [keyName(parent) ?? '', ...keys];
    else if (!/^(?:ArrayExpression|ObjectExpression|ArrowFunctionExpression|SpreadElement)$/.test(parent.type))
      return [];
    else if (parent.type === 'ArrowFunctionExpression' && node.type !== 'ObjectExpression') return [];
    node = wrapped(parent);
  }
  return [];
}

function lastNameOf(callee: TSESTree.Node): string | undefined {
  const node = unwrap(callee);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return propertyName(node);
  // `createServerFn({ method: 'GET' })(fn)`: the maker's name.
  return node.type === 'CallExpression' ? lastNameOf(node.callee) : undefined;
}

function isMeantArgument({ names, first, properties, anywhere }: CallSlot, { call, keys, name }: Given): boolean {
  if (!names.includes(name) || (first && !first.includes(literalText(call.arguments[0]) ?? ''))) return false;
  if (anywhere) return properties ? keys.some((one) => properties.includes(one)) : keys.length > 0;
  const key = keys.length === 1 ? keys[0] : undefined;
  return properties ? key !== undefined && properties.includes(key) : keys.length === 0;
}

function literalText(node: TSESTree.Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** A function of the framework itself: `createServer(fn)`, `functions.http(name, fn)`, or a global of its runtime. */
function isOwnFunction(sourceCode: SourceCode, framework: Framework, callee: TSESTree.Node): boolean {
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
