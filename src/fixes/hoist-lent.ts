import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { propertyName } from '../ast/property-name.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import type { Use } from './hoist-words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Names of functions that may end what they are given, or bind it to one request. */
const TAKERS =
  /^(?:clean(?:up)?|close|define|destroy|disconnect|dispose|drain|end|finish|init|kill|register|release|resolve|set|shut(?:down)?|stop|tear(?:down)?|terminate)(?![a-z])|(?:Clean(?:[Uu]p)?|Close|Destroy|Disconnect|Dispose|Drain|End|Kill|Release|Shut[dD]own|Stop|Terminate)(?![a-z])/;

/** An argument of a call, alone or in an object: `drizzle(pool)`, `axios.get(url, { httpsAgent })`. */
export function isLentSafely(sourceCode: SourceCode, { owns }: Creation, value: TSESTree.Node): Use | undefined {
  const call = callGiven(value);
  if (!call) return undefined;
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' && callee.name;
  if (!name || TAKERS.test(name)) return undefined;
  const root = rootOf(callee);
  const variable = root.type === 'Identifier' ? findVariable(sourceCode, root) : undefined;
  const origin = variable?.defs[0];
  if (String(origin?.type) === 'ImportBinding') return { kind: 'plain', call: undefined, isFar: isRelative(origin) };
  // A function of this file may end it: its text says so.
  const text = origin && callee === root ? sourceCode.getText(origin.node) : '';
  const ends = owns.end.some((end) => text.includes(`.${end}`));
  return ends || String(origin?.type) === 'Parameter'
    ? undefined
    : { kind: 'plain', call: undefined, isFar: !variable };
}

/** The call to which the value goes; what else is made of the object that holds it is not followed. */
function callGiven(value: TSESTree.Node): Call | undefined {
  const { parent } = value;
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression')
    return parent.arguments.some((one) => one === value) ? parent : undefined;
  if (parent?.type !== 'Property' || parent.value !== value) return undefined;
  return parent.parent.type === 'ObjectExpression' ? callGiven(wrapped(parent.parent)) : undefined;
}

function rootOf(node: TSESTree.Node): TSESTree.Node {
  const value = unwrap(node);
  if (value.type === 'MemberExpression') return rootOf(value.object);
  return value.type === 'CallExpression' ? rootOf(value.callee) : value;
}

function isRelative({ parent }: TSESLint.Scope.Definition = {} as TSESLint.Scope.Definition): boolean {
  return parent?.type === 'ImportDeclaration' && /^(?:[.~@#]?\/|\.)/.test(parent.source.value);
}
