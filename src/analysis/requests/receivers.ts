import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import type { Framework, Receiver } from '../../frameworks/framework.ts';
import { originOf } from '../imports.ts';
import type { Certainty } from '../model.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The call around: what it is given tells `app.get('/', fn)` from `map.get(key, fn)`. */
interface Use {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly fn: FunctionNode;
  /** The key or the first argument says what it is already: `run({ eachMessage })`, `on('connection', fn)`. */
  readonly isTold: boolean;
}

/** Whether a value is the framework's application, router or consumer: by what makes it, by its type, or by its name. */
export function isReceiver(
  sourceCode: SourceCode,
  framework: Framework,
  receiver: Receiver,
  expression: TSESTree.Node,
  use: Use,
): Certainty | undefined {
  const base = baseOf(expression);
  if (isMade(sourceCode, framework, receiver, base)) return 'proven';
  const known = base.type === 'Identifier' ? madeElsewhere(sourceCode, base) : undefined;
  if (known !== undefined) return isModule(framework, known) ? 'proven' : undefined;
  if (!hasName(receiver, base)) return undefined;
  if (importsAny(sourceCode, framework)) return 'proven';
  return use.isTold || isRoute(use) ? 'likely' : undefined;
}

/** `router.route('/').get(…)`, `app.use(…).get(…)`: the value at the start of the chain. */
function baseOf(expression: TSESTree.Node): TSESTree.Node {
  const node = unwrap(expression);
  if (node.type !== 'CallExpression') return node;
  const callee = unwrap(node.callee);
  return callee.type === 'MemberExpression' && unwrap(callee.object).type !== 'Identifier'
    ? baseOf(callee.object)
    : chained(node, callee);
}

/** `app.route('/')` is about `app`; `express.Router()` and `express()` are values of their own. */
function chained(call: TSESTree.CallExpression, callee: TSESTree.Node): TSESTree.Node {
  const isMaker = callee.type !== 'MemberExpression' || /^[A-Z]|^(?:create|default)/.test(propertyName(callee) ?? '');
  return isMaker ? call : unwrap(callee.object);
}

const DEEPEST = 8;

function isMade(
  sourceCode: SourceCode,
  framework: Framework,
  receiver: Receiver,
  node: TSESTree.Node,
  depth = 0,
): boolean {
  if (depth > DEEPEST) return false;
  const next = (inner: TSESTree.Node): boolean => isMade(sourceCode, framework, receiver, unwrap(inner), depth + 1);
  const name = importedName(sourceCode, framework, node);
  if (name !== undefined)
    return receiver.made.includes(name) || (node.type === 'MemberExpression' && next(node.object));
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
      return next(node.callee);
    case 'MemberExpression':
      return next(node.object);
    case 'AwaitExpression':
      return next(node.argument);
    case 'Identifier':
      return isMadeName(findVariable(sourceCode, node), receiver, next);
    default:
      return false;
  }
}

function isMadeName(
  variable: TSESLint.Scope.Variable | undefined,
  { types = [] }: Receiver,
  next: (inner: TSESTree.Node) => boolean,
): boolean {
  const definition = variable?.defs[0];
  const name = definition?.name;
  const annotation = name?.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  if (annotation && types.includes(typeName(annotation) ?? '')) return true;
  const init = definition?.type === 'Variable' && definition.node.id === name ? definition.node.init : undefined;
  return init ? next(init) : false;
}

function typeName(node: TSESTree.TypeNode): string | undefined {
  if (node.type !== 'TSTypeReference') return undefined;
  return node.typeName.type === 'Identifier'
    ? node.typeName.name
    : node.typeName.type === 'TSQualifiedName'
      ? node.typeName.right.name
      : undefined;
}

/** The exported name of the framework's module that an expression denotes. */
function importedName(sourceCode: SourceCode, framework: Framework, node: TSESTree.Node): string | undefined {
  if (node.type === 'MemberExpression') {
    const object = unwrap(node.object);
    return object.type === 'Identifier' && fromModules(sourceCode, framework, object) ? propertyName(node) : undefined;
  }
  const variable = node.type === 'Identifier' ? findVariable(sourceCode, node) : undefined;
  const origin = variable && originOf(variable);
  if (!origin || !isModule(framework, origin.module)) return undefined;
  // `const express = require('express')` is the default export, too.
  return origin.name === '*' ? 'default' : origin.name;
}

/** The package whose call made the value; undefined where it is the user's own or unknown. */
function madeElsewhere(sourceCode: SourceCode, node: TSESTree.Identifier): string | undefined {
  const definition = findVariable(sourceCode, node)?.defs[0];
  const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : undefined;
  if (init?.type !== 'CallExpression' && init?.type !== 'NewExpression') return undefined;
  let callee = unwrap(init.callee);
  while (callee.type === 'MemberExpression') callee = unwrap(callee.object);
  const variable = callee.type === 'Identifier' ? findVariable(sourceCode, callee) : undefined;
  const module = variable && originOf(variable)?.module;
  return module === undefined || /^[./@~#]/.test(module.replace(/^@[\w-]+\//, '')) ? undefined : module;
}

export function fromModules(sourceCode: SourceCode, framework: Framework, name: TSESTree.Identifier): boolean {
  const variable = findVariable(sourceCode, name);
  const origin = variable && originOf(variable);
  return origin !== undefined && isModule(framework, origin.module);
}

export function isModule({ modules }: Framework, specifier: string): boolean {
  return modules.some((one) => (one.endsWith('/') ? specifier.startsWith(one) : specifier === one));
}

const imported = new WeakMap<object, readonly string[]>();

/** The file imports (or requires) one of the framework's modules. */
export function importsAny(sourceCode: SourceCode, framework: Framework): boolean {
  let modules = imported.get(sourceCode);
  if (!modules) imported.set(sourceCode, (modules = collectModules(sourceCode.text)));
  return modules.some((one) => isModule(framework, one));
}

function collectModules(text: string): string[] {
  return Array.from(
    text.matchAll(/(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"]([^'"\n]+)['"]/g),
    ([, one]) => one ?? '',
  );
}

function hasName({ names }: Receiver, base: TSESTree.Node): boolean {
  const name =
    base.type === 'Identifier' ? base.name : base.type === 'MemberExpression' ? (propertyName(base) ?? '') : '';
  const lower = name.toLowerCase();
  return names.some((one) => lower.endsWith(one.toLowerCase()));
}

/** A path first, or a handler's parameters. */
function isRoute({ call, fn }: Use): boolean {
  const [first] = call.arguments;
  const path =
    first?.type === 'Literal' ? first.value : first?.type === 'TemplateLiteral' ? first.quasis[0]?.value.raw : '';
  if (typeof path === 'string' && /^[/*]/.test(path)) return true;
  const [one, two] = fn.params.map(wordOf);
  return /^(?:req|request|ctx|context|c)$/.test(one ?? '') && (!two || /^(?:res|reply|response|next|h)$/.test(two));
}

/** `_req`, `{ ctx, input }`. */
function wordOf(parameter: TSESTree.Parameter): string {
  if (parameter.type === 'Identifier') return parameter.name.replace(/^_+/, '');
  const names = parameter.type === 'ObjectPattern' ? parameter.properties.map((one) => keyOf(one)) : [];
  return names.find((name) => /^(?:ctx|req|request)$/.test(name)) ?? '';
}

function keyOf(property: TSESTree.Property | TSESTree.RestElement): string {
  return property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : '';
}

/** The module that a called name comes from. */
export function moduleOf(sourceCode: SourceCode, callee: TSESTree.Node): string | undefined {
  let node = unwrap(callee);
  for (;;) {
    if (node.type === 'MemberExpression') node = unwrap(node.object);
    else if (node.type === 'TSQualifiedName') node = node.left;
    else break;
  }
  const variable = node.type === 'Identifier' ? findVariable(sourceCode, node) : undefined;
  return variable && originOf(variable)?.module;
}
