import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { propertyName } from '../../ast/property-name.ts';
import { rootOf } from '../../ast/root.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { collectReached } from './reached.ts';
import { isRequire } from '../module-level/head.ts';
import type { Use } from './words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Names of functions that may end what they are given, or bind it to one request. */
const TAKERS =
  /^(?:clean(?:up)?|close|define|destroy|disconnect|dispose|drain|end|finish|init|kill|register|release|resolve|set|shut(?:down)?|stop|tear(?:down)?|terminate)(?![a-z])|(?:Clean(?:[Uu]p)?|Close|Destroy|Disconnect|Dispose|Drain|End|Kill|Release|Shut[dD]own|Stop|Terminate)(?![a-z])/;

/** An argument of a call, alone or in an object: `drizzle(pool)`, `axios.get(url, { httpsAgent })`. */
export function isLentSafely(sourceCode: SourceCode, { owns }: Creation, value: TSESTree.Node): Use | undefined {
  const call = callGiven(value);
  if (!call) return owns.keepsWith && isOption(value) ? { kind: 'plain', call: undefined } : undefined;
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' && callee.name;
  if (!name || TAKERS.test(name)) return undefined;
  const root = rootOf(callee);
  const variable = root.type === 'Identifier' ? findVariable(sourceCode, root) : undefined;
  const origin = variable?.defs[0];
  // A function of this file may end it, or tie it to one request: its text says so.
  const isOwn = origin && callee === root && String(origin.type) !== 'ImportBinding';
  const isBound = isOwn && isBoundIn(sourceCode, owns, origin.node);
  const isGiven = String(origin?.type) === 'Parameter' && !owns.keepsWith;
  return isBound || isGiven ? undefined : { kind: 'plain', call: undefined, isFar: isRelative(origin) };
}

/** Ended or opened there, or used as only one request may; what is made of an answer, `res.end()`, is another matter. */
function isBoundIn(sourceCode: SourceCode, owns: Creation['owns'], code: TSESTree.Node): boolean {
  const words = [...owns.end, ...(owns.mustOpen ?? []), ...(owns.session ?? [])].map((one) =>
    one.replace('$', String.raw`\$`),
  );
  const pattern = new RegExp(String.raw`(?<!\b(?:re[qs]|reply|response|socket|stream))\.(?:${words.join('|')})\b`);
  return words.length > 0 && [...collectReached(sourceCode, code)].some((one) => pattern.test(sourceCode.getText(one)));
}

/** The call to which the value goes; what else is made of the object that holds it is not followed. */
function callGiven(value: TSESTree.Node): Call | undefined {
  const { parent } = value;
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression')
    return parent.arguments.some((one) => one === value) ? parent : undefined;
  if (parent?.type !== 'Property' || parent.value !== value) return undefined;
  return parent.parent.type === 'ObjectExpression' ? callGiven(wrapped(parent.parent)) : undefined;
}

/** `const options = { httpsAgent };` */
function isOption({ parent }: TSESTree.Node): boolean {
  if (parent?.type !== 'Property' || parent.parent.type !== 'ObjectExpression') return false;
  return wrapped(parent.parent).parent?.type === 'VariableDeclarator';
}

/** Imported or required from a file of the user's. */
function isRelative(origin: TSESLint.Scope.Definition | undefined): boolean {
  const { node, parent } = origin ?? {};
  const module = parent?.type === 'ImportDeclaration' ? parent.source : requiredFrom(node);
  return module?.type === 'Literal' && /^(?:[.~#]|@\/)/.test(String(module.value));
}

function requiredFrom(node: TSESTree.Node | undefined): TSESTree.Node | undefined {
  const init = node?.type === 'VariableDeclarator' ? node.init : undefined;
  return init && isRequire(init) && init.type === 'CallExpression' ? init.arguments[0] : undefined;
}
