import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/property-name.ts';
import { sqlKeyword } from '../ast/sql.ts';
import { unwrap, wrapped } from '../ast/unwrap.ts';
import { findVariable, identifiersOf } from '../ast/variables.ts';
import type { Binding } from './binding.ts';
import type { Taking } from './known.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * The last rung of the ladder: a receiver nobody declared in this file is taken for a pool when what it hands out is
 * used as that driver's connection. In: the call's candidates and where the value goes. Out: the one that fits, with
 * `likely` certainty, or nothing.
 */
export interface Use {
  /** Methods called on the value, anywhere in the file. */
  readonly methods: ReadonlySet<string>;
  /** Methods that got the value as their argument: `pool.releaseConnection(value)`. */
  readonly givenTo: ReadonlySet<string>;
  /** Properties of object arguments it stands in: `{ transaction: value }`. */
  readonly properties: ReadonlySet<string>;
  /** SQL text is sent through it. */
  readonly sql: boolean;
  /** It is called or used as a tag itself, or the `done` of its callback is. */
  readonly called: boolean;
}

const POOL_NAME = /pool|cluster/i;
const DATABASE_NAME =
  /(?:^|_)(?:db|database|datasource|knex|sequelize|sql|pg|postgres|mysql|orm|connection|conn)s?$|(?:Db|DB|Database|DataSource|Connection|Sequelize|Knex)$/i;

/** The candidate that the use fits, if any. `receiver` is the last name before the method. */
export function fittingTaking(candidates: readonly Taking[], receiver: string, use: Use): Taking | undefined {
  return candidates.find((one) => fits(one, receiver, use));
}

function fits({ method, lease }: Taking, receiver: string, use: Use): boolean {
  if (method.ownName) return true;
  const isReleased =
    lease.giveBack.some((name) => use.methods.has(name)) ||
    (lease.giveBackThrough ?? []).some((name) => use.givenTo.has(name)) ||
    use.called;
  const isLent =
    (lease.lentTo?.properties ?? []).some((name) => use.properties.has(name)) ||
    (lease.lentTo?.callees ?? []).some((name) => use.givenTo.has(name));
  const isUsed =
    isLent || use.sql || lease.uses.some((name) => use.methods.has(name) && !lease.giveBack.includes(name));
  if (method.commonName) {
    const named = (method.receiverNames ?? []).includes(receiver) || POOL_NAME.test(receiver);
    return named && isReleased;
  }
  if (isReleased && isUsed) return true;
  // Handed on untouched: what a pool hands out, and nothing else, needs no method called on it.
  const isHandedOn = use.methods.size === 0 && use.givenTo.size > 0;
  if (POOL_NAME.test(receiver)) return isReleased || isUsed || isHandedOn;
  return DATABASE_NAME.test(receiver) && use.sql && lease.giveBack.includes('release');
}

/** How the value of a binding is used. */
export function useOf(sourceCode: SourceCode, binding: Binding): Use {
  const use = {
    methods: new Set<string>(),
    givenTo: new Set<string>(),
    properties: new Set<string>(),
    sql: false,
    called: false,
  };
  for (const node of nodesOf(sourceCode, binding)) note(use, wrapped(node));
  if (binding.form === 'callback' && binding.handler.params.length > 2)
    use.called = isDoneCalled(sourceCode, binding.handler.params[2]);
  return use;
}

function nodesOf(sourceCode: SourceCode, binding: Binding): TSESTree.Node[] {
  const name = nameOf(binding);
  const variable = name && findVariable(sourceCode, name);
  return variable ? identifiersOf(variable) : [];
}

function nameOf(binding: Binding): TSESTree.Identifier | undefined {
  if (binding.form === 'callback') {
    const value = binding.handler.params[1];
    return value?.type === 'Identifier' ? value : undefined;
  }
  return 'name' in binding ? binding.name : undefined;
}

function isDoneCalled(sourceCode: SourceCode, parameter: TSESTree.Node | undefined): boolean {
  const variable = parameter?.type === 'Identifier' ? findVariable(sourceCode, parameter) : undefined;
  return variable
    ? identifiersOf(variable).some((one) => one.parent.type === 'CallExpression' && one.parent.callee === one)
    : false;
}

function note(
  use: { methods: Set<string>; givenTo: Set<string>; properties: Set<string>; sql: boolean; called: boolean },
  value: TSESTree.Node,
): void {
  const parent = value.parent as TSESTree.Node;
  if (parent.type === 'MemberExpression' && parent.object === value) {
    const name = propertyName(parent);
    if (name !== undefined) use.methods.add(name);
    const call = wrapped(parent).parent;
    if (call?.type === 'CallExpression' && sqlKeyword(call.arguments[0])) use.sql = true;
  } else if ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee !== value) {
    const callee = unwrap(parent.callee);
    const name =
      callee.type === 'MemberExpression'
        ? propertyName(callee)
        : callee.type === 'Identifier'
          ? callee.name
          : undefined;
    if (name !== undefined) use.givenTo.add(name);
  } else if (parent.type === 'CallExpression' || parent.type === 'TaggedTemplateExpression') {
    use.called = false;
    use.sql ||= parent.type === 'TaggedTemplateExpression';
  } else if (parent.type === 'Property' && parent.key.type === 'Identifier') {
    use.properties.add(parent.key.name);
  } else if (parent.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') {
    for (const one of parent.id.properties)
      if (one.type === 'Property' && one.key.type === 'Identifier') use.methods.add(one.key.name);
  }
}

/** The last name of what a method is called on: `pool` of `this.store.pool.connect()`. */
export function receiverName(callee: TSESTree.Node): string {
  const node = unwrap(callee);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return (propertyName(node) ?? '').replace('#', '');
  if (node.type === 'CallExpression') return receiverName(node.callee);
  if (node.type === 'AwaitExpression') return receiverName(node.argument);
  return node.type === 'Super' ? 'super' : '';
}

const HELPER = /^(?:get|acquire|obtain|borrow|checkout|take|open|connect)\w*(?:connection|client|conn)$/i;
const DATABASE_WORD =
  /^(?:get|acquire|obtain|borrow|checkout|take)(?:new|a|the)?(?:db|database|pg|postgres|mysql|mariadb|sql|pool|pooled)(?:connection|client|conn)$/i;

/** A helper of another file, by its name: `getDBConnection()`; `isGivenBack`: the file gives back what it returns. */
export function isHelperName(name: string, use: Use, isGivenBack: boolean): boolean {
  const isUsed = use.methods.has('query') || use.methods.has('execute') || use.sql;
  if (!isUsed || !HELPER.test(name)) return false;
  return isGivenBack || DATABASE_WORD.test(name);
}
