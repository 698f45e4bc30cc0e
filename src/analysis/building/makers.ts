import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { identifiersOf } from '../../ast/variables.ts';
import type { Driver, Ownership } from '../../drivers/driver.ts';
import type { Site } from '../gate.ts';
import { exportOf } from '../imports.ts';
import { kindOf, superClassOf } from '../kinds.ts';
import type { Ladder } from '../kinds.ts';

/**
 * Finds every call of a file that builds a pool, a connection of its own, or a client with limits. In: the file and the
 * ladder. Out: the call and what it owns. Found from the driver's imports forwards: their names, the names made from these, and what is
 * called or constructed through them.
 */
export interface Made {
  readonly site: Site;
  readonly driver: Driver;
  readonly kind: string;
  /** Nothing where it is only set up, for something else to open: an adapter, an HTTP client. */
  readonly owns: Ownership | undefined;
}

/** What stays open until it is ended. */
export interface Maker extends Made {
  readonly owns: Ownership;
}

export const ownsSomething = (made: Made): made is Maker => made.owns !== undefined;

type Variable = TSESLint.Scope.Variable;

export function collectMakers(ladder: Ladder, imports: readonly TSESTree.Node[]): Made[] {
  const found = new Map<TSESTree.Node, Made>();
  const seen = new Set<Variable>();
  const queue = imports.flatMap((node) => namesOf(ladder, node, seen, found));
  for (let variable = queue.pop(); variable; variable = queue.pop()) {
    if (seen.has(variable)) continue;
    seen.add(variable);
    for (const name of identifiersOf(variable)) queue.push(...namesOf(ladder, name, seen, found));
  }
  return [...found.values()].sort((a, b) => a.site.range[0] - b.site.range[0]);
}

/** The variables that an expression is put into, noting the call that it is the callee of. */
function namesOf(
  ladder: Ladder,
  start: TSESTree.Node,
  seen: ReadonlySet<Variable>,
  found: Map<TSESTree.Node, Made>,
): Variable[] {
  const { sourceCode } = ladder;
  if (start.type === 'ImportDeclaration' || start.type === 'TSExternalModuleReference') {
    const declaration = start.type === 'ImportDeclaration' ? start : start.parent;
    return [...(sourceCode.getDeclaredVariables?.(declaration) ?? [])];
  }
  const value = outermost(start);
  const call = value.parent;
  // `class Store extends Pool`: who constructs it builds a pool.
  if ((call?.type === 'ClassDeclaration' || call?.type === 'ClassExpression') && call.superClass === value)
    return [...(sourceCode.getDeclaredVariables?.(call) ?? [])];
  if ((call?.type === 'CallExpression' || call?.type === 'NewExpression') && call.callee === value) {
    const maker = makerAt(ladder, call);
    if (maker) found.set(call, maker);
    return isFactory(ladder, call) ? namesOf(ladder, call, seen, found) : [];
  }
  const isChoice =
    (call?.type === 'LogicalExpression' && call.left === value) ||
    (call?.type === 'ConditionalExpression' && call.consequent === value);
  const declarator = isChoice ? wrapped(call).parent : call;
  const isDeclared = declarator?.type === 'VariableDeclarator' && declarator.id !== value;
  return isDeclared ? [...(sourceCode.getDeclaredVariables?.(declarator) ?? [])] : [];
}

/** `pg` → `pg.Pool`; through `await import('pg')`, assertions and `!`. */
function outermost(start: TSESTree.Node): TSESTree.Node {
  let node = wrapped(start);
  for (;;) {
    const { parent } = node;
    if (parent?.type === 'AwaitExpression') node = wrapped(parent);
    else if (parent?.type === 'MemberExpression' && parent.object === node && !isMethodOfClass(parent))
      node = wrapped(parent);
    else return node;
  }
}

/** `Reflect`-like uses of a class: `Pool.prototype`, `Pool.name`. */
function isMethodOfClass(node: TSESTree.MemberExpression): boolean {
  return /^(?:prototype|name|length)$/.test(propertyName(node) ?? '');
}

/** The result makes further values: `const pgp = require('pg-promise')()`. */
function isFactory(ladder: Ladder, call: Site): boolean {
  const known = kindOf(ladder, call);
  return known?.driver.kinds[known.kind]?.call !== undefined;
}

function makerAt(ladder: Ladder, site: Site): Made | undefined {
  const made = madeBy(ladder, site);
  const { owns, limits } = made?.driver.kinds[made.kind] ?? {};
  if (!made || (!owns && !limits)) return undefined;
  const { driver, kind, existing } = made;
  if (existing) return limits && { site, driver, kind, owns: undefined };
  return owns && (borrows(site, owns) || keepsNothing(site, owns)) ? undefined : { site, driver, kind, owns };
}

interface Built extends Pick<Maker, 'driver' | 'kind'> {
  /** The one of the module: it is set up here, but calling this again builds nothing. */
  readonly existing?: true;
}

function madeBy(ladder: Ladder, site: Site): Built | undefined {
  const exported = exportOf(ladder.sourceCode, superClassOf(ladder, site.callee) ?? site.callee);
  if (exported) {
    const kind = site.type === 'NewExpression' ? exported.value.new : exported.value.call;
    const { existing } = exported.value;
    const opened = existing && openedBy(exported.driver, site);
    if (opened || kind === undefined) return opened;
    return { driver: exported.driver, kind, ...(existing && { existing }) };
  }
  const callee = unwrap(site.callee);
  const known = kindOf(ladder, site);
  if (!known) return undefined;
  // `MongoClient.connect(url)`, `oracledb.getConnection({ user })`.
  const of = callee.type === 'MemberExpression' ? kindOf(ladder, callee.object) : undefined;
  const name = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
  const kind = of?.driver.kinds[of.kind];
  if (of && kind?.builds?.includes(name)) return { driver: of.driver, kind: known.kind };
  const called = kindOf(ladder, callee);
  return called?.driver.kinds[called.kind]?.call ? { driver: known.driver, kind: known.kind } : undefined;
}

/** `oracledb.getConnection({ user, … })`: a connection of its own, where without these it comes from a pool. */
function openedBy(driver: Driver, site: Site): Pick<Maker, 'driver' | 'kind'> | undefined {
  const callee = unwrap(site.callee);
  const name =
    callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' ? callee.name : '';
  const [options] = site.arguments;
  for (const { checkouts } of Object.values(driver.kinds)) {
    const opens = checkouts?.[name ?? '']?.opens;
    const isOpened =
      options?.type === 'ObjectExpression' &&
      options.properties.some((one) => one.type === 'Property' && opens?.with.includes(keyName(one) ?? ''));
    if (opens && isOpened) return { driver, kind: opens.kind };
  }
  return undefined;
}

/** It works on what somebody else built, or on something that we cannot see. */
function borrows(site: Site, { borrows: words = [] }: Ownership): boolean {
  if (words.length === 0) return false;
  if (site.arguments.length === 0) return words.includes('argument 0');
  return site.arguments.some((argument, index) => {
    if (argument.type === 'ObjectExpression') return argument.properties.some((one) => isLoan(one, words));
    return index === 0 && words.includes('argument 0') && !isAddress(argument);
  });
}

/** `{ client: pool }`; an object written in place says how to open one. */
function isLoan(property: TSESTree.ObjectLiteralElement, words: readonly string[]): boolean {
  if (property.type === 'SpreadElement') return true;
  return (
    words.includes(keyName(property) ?? '') &&
    !/^(?:ObjectExpression|Literal|TemplateLiteral)$/.test(unwrap(property.value).type)
  );
}

/** A text, or what the environment says. */
function isAddress(node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === 'Literal' || value.type === 'TemplateLiteral') return true;
  return value.type === 'MemberExpression' && /\benv\b|url$|uri$|connectionString$/i.test(propertyPath(value));
}

function propertyPath(node: TSESTree.MemberExpression): string {
  const own = propertyName(node) ?? '';
  return node.object.type === 'MemberExpression' ? `${propertyPath(node.object)}.${own}` : own;
}

/** Without `keepAlive` an Agent keeps nothing open. */
function keepsNothing(site: Site, { keepsWith }: Ownership): boolean {
  if (keepsWith === undefined) return false;
  return !site.arguments.some(
    (one) =>
      one.type === 'ObjectExpression' &&
      one.properties.some(
        (each) =>
          each.type === 'Property' &&
          keyName(each) === keepsWith &&
          !(each.value.type === 'Literal' && each.value.value === false),
      ),
  );
}
