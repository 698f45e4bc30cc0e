import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../ast/functions.ts';
import { rootOf } from '../../ast/root.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { declaredVariable, findVariable, identifiersOf } from '../../ast/variables.ts';
import type { CallSlot, Framework } from '../../frameworks/framework.ts';
import { frameworks } from '../../frameworks/index.ts';
import type { Certainty } from '../model.ts';
import { fromModules, importsAny, isReceiver } from './receivers.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

interface Entry {
  readonly framework: Framework;
  readonly slot: CallSlot;
}

const entries = new Map<string, Entry[]>();
for (const framework of frameworks) {
  for (const slot of framework.calls ?? []) {
    for (const name of slot.names) entries.set(name, [...(entries.get(name) ?? []), { framework, slot }]);
  }
}

export interface CallSlotFound extends Entry {
  readonly certainty: Certainty;
}

/**
 * The framework's call that takes `place` as its handler: `app.get('/', place)`, `run({ eachMessage: place })`. One that is
 * proven is better than one that only names make likely, and of these one that the file imports.
 */
export function callSlotOf(sourceCode: SourceCode, place: TSESTree.Node, fn: FunctionNode): CallSlotFound | undefined {
  let likely: CallSlotFound | undefined;
  for (const given of givenTo(sourceCode, place)) {
    const candidates = entries.get(given.name)?.filter(({ slot }) => isMeantArgument(slot, given)) ?? [];
    for (const entry of candidates) {
      const certainty = certaintyOf(sourceCode, entry, given, fn);
      if (certainty === 'proven') return { ...entry, certainty };
      if (certainty && (!likely || importsAny(sourceCode, entry.framework))) likely = { ...entry, certainty };
    }
  }
  return likely;
}

function certaintyOf(
  sourceCode: SourceCode,
  { framework, slot }: Entry,
  { call }: Given,
  fn: FunctionNode,
): Certainty | undefined {
  const callee = unwrap(call.callee);
  if (!slot.on) return isOwnFunction(sourceCode, framework, callee) ? 'proven' : undefined;
  if (callee.type !== 'MemberExpression') return undefined;
  const isTold = Boolean(slot.properties ?? slot.first);
  return isReceiver(sourceCode, framework, slot.on, callee.object, { call, fn, isTold });
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

function isMeantArgument({ first, properties, anywhere }: CallSlot, { call, keys }: Given): boolean {
  if (first && !first.includes(literalText(call.arguments[0]) ?? '')) return false;
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
