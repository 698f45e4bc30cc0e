import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';
import { frameworks } from '../../frameworks/index.ts';
import type { Framework } from '../../frameworks/framework.ts';
import type { Maker } from './makers.ts';
import type { Repetition } from '../model.ts';
import { importsAny } from '../requests/receivers.ts';
import { callsOf } from './repeats.ts';
import type { SlotFile } from '../requests/slots.ts';

/**
 * Module code that runs more than once: a development server loads it again after each change, and what it built before
 * stays open. Kept on `globalThis` it is found again, if something also puts it there.
 */

type SourceCode = Readonly<TSESLint.SourceCode>;

export function reloadOf(file: SlotFile, { site, owns }: Maker): Repetition | undefined {
  if (!owns.reload) return undefined;
  const { sourceCode } = file;
  const node = sourceCode.ast;
  const global = [site, ...makerCalls(file, site)].flatMap((one) => globalBefore(sourceCode, one) ?? [])[0];
  if (global)
    return isKept(sourceCode, global)
      ? undefined
      : { reason: 'forgotten', certainty: 'proven', what: global.text, node };
  const framework = isBare(site) ? reloading(file) : undefined;
  return framework && { reason: 'reload', certainty: 'likely', what: framework.name, node };
}

/** `const create = () => new PrismaClient()`: its calls stand for the construction. */
function makerCalls(file: SlotFile, site: TSESTree.Node): TSESTree.Node[] {
  const value = wrapped(site);
  const { parent } = value;
  const isReturned =
    parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === value);
  const maker = isReturned ? holderOf(site) : undefined;
  return isFunction(maker) ? callsOf(file, maker).flatMap(({ parent: call }) => call ?? []) : [];
}

/** What the file imports says more than where it stands, and the longer part of its path more than the shorter. */
function reloading({ sourceCode, path }: SlotFile): Framework | undefined {
  const reloaders = frameworks.filter(({ reloads }) => reloads !== undefined);
  const imported = reloaders.find((one) => importsAny(sourceCode, one));
  if (imported) return imported;
  const lengths = reloaders.map(({ reloads }) =>
    Math.max(0, ...(reloads?.paths ?? []).map((one) => fitLength(path, one))),
  );
  const longest = Math.max(0, ...lengths);
  return longest > 0 ? reloaders[lengths.indexOf(longest)] : undefined;
}

function fitLength(path: string, pattern: string): number {
  return new RegExp(pattern).exec(path)?.[0].length ?? 0;
}

/** The value of a module's own constant, with nothing that decides whether it is built. */
function isBare(site: TSESTree.Node): boolean {
  const { parent } = wrapped(site);
  const declaration = parent?.type === 'VariableDeclarator' ? parent.parent.parent : parent;
  return declaration?.type === 'Program' || declaration?.parent?.type === 'Program';
}

interface Global {
  readonly text: string;
  readonly key: string;
}

/** `globalThis.prisma ?? new PrismaClient()`: what is read before. */
function globalBefore(sourceCode: SourceCode, site: TSESTree.Node): Global | undefined {
  const value = wrapped(site);
  const { parent } = value;
  const read = parent?.type === 'LogicalExpression' && parent.right === value ? unwrap(parent.left) : undefined;
  if (read?.type !== 'MemberExpression' || !isGlobal(sourceCode, read.object)) return undefined;
  const key = propertyName(read);
  return key === undefined ? undefined : { key, text: sourceCode.getText(read) };
}

/** `globalThis`, `global`, and constants that are one of them under another type. */
function isGlobal(sourceCode: SourceCode, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type !== 'Identifier') return false;
  const definition = findVariable(sourceCode, node)?.defs[0];
  if (!definition) return /^(?:globalThis|global|self|window)$/.test(node.name);
  const init = definition.type === 'Variable' ? definition.node.init : undefined;
  return init ? isGlobal(sourceCode, init) : false;
}

/** Something sets the property, at least outside of production. */
function isKept(sourceCode: SourceCode, { key }: Global): boolean {
  let found = false;
  walk(sourceCode, sourceCode.ast, (node) => {
    if (node.type === 'CallExpression') found ||= isSetBy(sourceCode, node, key);
    if (node.type !== 'AssignmentExpression') return;
    const target = unwrap(node.left);
    if (target.type !== 'MemberExpression' || propertyName(target) !== key) return;
    found ||= isGlobal(sourceCode, target.object) && !isProductionOnly(sourceCode, node);
  });
  return found;
}

/** `Object.assign(globalThis, { prisma })`, `Object.defineProperty(globalThis, 'prisma', …)`. */
function isSetBy(
  sourceCode: SourceCode,
  { callee, arguments: [target, value] }: TSESTree.CallExpression,
  key: string,
): boolean {
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (!/^(?:assign|defineProperty|set)$/.test(name ?? '') || !target || !isGlobal(sourceCode, target)) return false;
  return value !== undefined && sourceCode.getText(value).includes(key);
}

/** `if (process.env.NODE_ENV === 'production') globalThis.prisma = prisma`: the wrong way round. */
function isProductionOnly(sourceCode: SourceCode, assignment: TSESTree.Node): boolean {
  const statement = assignment.parent;
  const block = statement?.parent?.type === 'BlockStatement' ? statement.parent : statement;
  const { parent } = block ?? {};
  if (parent?.type !== 'IfStatement' || parent.consequent !== block) return false;
  return /NODE_ENV['"\]]*\s*===?\s*['"`]production/.test(sourceCode.getText(parent.test));
}
