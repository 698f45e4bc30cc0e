import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import type { FunctionNode } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';

/**
 * Whether code is run once although the function around it is called often: `if (!pool) pool = …`, `pool ??= …`,
 * `cache.get(key) ?? …`, `if (ready) return`. In: a place and the function around it. Out: whether a test that decides
 * about the place reads something outside of the function that the function also writes. Which value it is does not matter.
 */

type SourceCode = Readonly<TSESLint.SourceCode>;

export function isGuarded(
  sourceCode: SourceCode,
  place: TSESTree.Node,
  within: FunctionNode,
  alsoKept: readonly string[] = [],
): boolean {
  const tests = collectTests(place, within);
  if (tests.length === 0) return false;
  const kept = [...alsoKept, ...collectKept(sourceCode, within)];
  return kept.length > 0 && tests.some((test) => mentions(sourceCode, test, kept));
}

/** The conditions that decide whether `place` is reached: those around it, and earlier ones that leave. */
function collectTests(place: TSESTree.Node, within: FunctionNode): TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (let at = place; at !== within && at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') {
      if (parent.test !== at) tests.push(parent.test);
    } else if (parent.type === 'LogicalExpression' && parent.right === at) tests.push(parent.left);
    else if (isLogicalAssignment(parent) && parent.right === at) tests.push(parent.left);
    else if (parent.type === 'WhileStatement' && parent.body === at) tests.push(parent.test);
    else if (parent.type === 'SwitchStatement' && parent.discriminant !== at) tests.push(parent.discriminant);
    else if (parent.type === 'BlockStatement') tests.push(...leavingTests(parent.body, at));
  }
  return tests;
}

function isLogicalAssignment(node: TSESTree.Node): node is TSESTree.AssignmentExpression {
  return node.type === 'AssignmentExpression' && /^(?:\?\?|\|\|)=$/.test(node.operator);
}

function leavingTests(statements: readonly TSESTree.Statement[], before: TSESTree.Node): TSESTree.Node[] {
  return statements
    .slice(0, statements.indexOf(before as TSESTree.Statement))
    .flatMap((one) => (one.type === 'IfStatement' && leaves(one.consequent) ? [one.test] : []));
}

function leaves(node: TSESTree.Statement): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement' || last?.type === 'ContinueStatement';
}

/** What the function writes outside of itself, as the text that others read it by: `pool`, `this.pool`, `cache`. */
export function collectKept(sourceCode: SourceCode, within: FunctionNode): string[] {
  const kept: string[] = [];
  walk(sourceCode, within, (node) => {
    if (node.type === 'AssignmentExpression') kept.push(...outerText(sourceCode, node.left, within));
    else if (node.type === 'UpdateExpression') kept.push(...outerText(sourceCode, node.argument, within));
    else if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && isKeeping(node.callee))
      kept.push(...outerText(sourceCode, node.callee.object, within));
  });
  return kept;
}

/** `cache.set(key, pool)`. */
function isKeeping(callee: TSESTree.MemberExpression): boolean {
  return /^(?:set|push|add|unshift|put|defineProperty|defineMetadata)$/.test(propertyName(callee) ?? '');
}

function outerText(sourceCode: SourceCode, target: TSESTree.Node, within: FunctionNode): string[] {
  let node = unwrap(target);
  // `pools[key]` is read by `key in pools` too.
  while (node.type === 'MemberExpression' && node.computed) node = unwrap(node.object);
  if (node.type === 'Identifier') return isOuter(sourceCode, node, within) ? [node.name] : [];
  if (node.type !== 'MemberExpression') return [];
  const root = rootOf(node);
  const isOutside = root.type === 'ThisExpression' || (root.type === 'Identifier' && isOuter(sourceCode, root, within));
  return isOutside ? [plain(sourceCode, node)] : [];
}

function rootOf(node: TSESTree.MemberExpression): TSESTree.Node {
  const object = unwrap(node.object);
  return object.type === 'MemberExpression' ? rootOf(object) : object;
}

/** Declared outside of the function, or nowhere (`globalThis`). */
function isOuter(sourceCode: SourceCode, name: TSESTree.Identifier, within: FunctionNode): boolean {
  const definition = findVariable(sourceCode, name)?.defs[0];
  if (!definition) return true;
  const [start, end] = definition.name.range;
  if (start < within.range[0] || end > within.range[1]) return true;
  // `const store = globalThis as Store`.
  const init =
    definition.type === 'Variable' && definition.node.id === definition.name ? definition.node.init : undefined;
  const value = init && unwrap(init);
  return value?.type === 'Identifier' && value.name !== name.name && isOuter(sourceCode, value, within);
}

/** `test` reads one of the texts, by itself or through a local name that was read from there. */
function mentions(sourceCode: SourceCode, test: TSESTree.Node, kept: readonly string[], depth = 0): boolean {
  const text = plain(sourceCode, test);
  if (kept.some((one) => hasWord(text, one) || hasKey(text, one))) return true;
  if (depth > 1) return false;
  let found = false;
  walk(sourceCode, test, (node) => {
    if (found || node.type !== 'Identifier') return;
    const definition = findVariable(sourceCode, node)?.defs[0];
    const init = definition?.type === 'Variable' ? definition.node.init : undefined;
    if (init && !isFunction(init)) found = mentions(sourceCode, init, kept, depth + 1);
  });
  return found;
}

function plain(sourceCode: SourceCode, node: TSESTree.Node): string {
  return sourceCode
    .getText(node)
    .replace(/[?!]/g, '')
    .replace(/\s*([.[\]])\s*/g, '$1');
}

/** `'pool' in globalThis`. */
function hasKey(text: string, path: string): boolean {
  const [, object, key] = /^(.+)\.([\w$]+)$/.exec(path) ?? [];
  return (
    object !== undefined &&
    new RegExp(String.raw`['"]${key}['"]\)?\s+in\s+${object.replace(/[.$]/g, String.raw`\$&`)}`).test(text)
  );
}

function hasWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at >= 0 && !/[\w$.]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[at + word.length] ?? '');
}

const MEMO =
  /(?:once|memo|memoi[sz]e|lazy|cache|cached|singleton|remember|useMemo|useRef|useState|getOr|OrCreate|OrInsert|computeIfAbsent|provide|factory)/i;

/** A function given to `once(…)`, `memoize(…)`, `getOrCreate(key, …)` is called when somebody needs it first. */
export function isMemoised(callee: TSESTree.Node): boolean {
  const node = unwrap(callee);
  const name =
    node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' ? (propertyName(node) ?? '') : '';
  return MEMO.test(name);
}
