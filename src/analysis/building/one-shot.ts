import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import type { FunctionNode } from '../../ast/functions.ts';
import { isInside } from '../../ast/inside.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { sqlText } from '../../ast/sql.ts';
import { declaredVariable, identifiersOf } from '../../ast/variables.ts';
import { lentTo, leaves, methodOn } from './kept.ts';
import type { Kept } from './kept.ts';
import { isChosenByCaller } from './chosen.ts';
import { isOnFailure, runsLater } from './later.ts';
import type { Maker } from './makers.ts';
import type { Repetition } from '../model.ts';
import { isGuarded } from './memo.ts';
import { nameOf } from '../requests/named-functions.ts';
import { exposuresOf, placesOf } from '../requests/places.ts';
import { isOnceName, isProbeName } from './purpose.ts';
import { callsOf } from './repeats.ts';
import type { SlotFile } from '../requests/slots.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * A function that builds a pool or connection, works with it, and ends or forgets it, pays for connecting at each call,
 * whoever calls it. Not meant: functions that are run once (`main`, migrations), probes (`testConnection`, `SELECT 1`),
 * and connections that must stand alone (administration, cancelling, listening).
 */

const ALONE =
  /pg_cancel_backend|pg_terminate_backend|\bLISTEN\b|pg_create_logical|START_REPLICATION|\b(?:CREATE|DROP|ALTER)\s+(?:DATABASE|ROLE|USER|EXTENSION|SCHEMA|TABLE|TYPE|PUBLICATION)\b|\bVACUUM\b|\bKILL\b/i;
/** Of a server as a whole, not of its data. */
const ADMINISTERS = new Set([
  'admin',
  'cancel',
  'dropDatabase',
  'dropSchema',
  'listDatabases',
  'runMigrations',
  'synchronize',
]);
const TRIVIAL = /^\s*SELECT\s+(?:1|NOW\(\)|version\(\)|current_\w+)/i;

export function oneShotOf(file: SlotFile, maker: Maker, kept: Kept): Repetition | undefined {
  const holder = holderOf(maker.site);
  if (!isFunction(holder) || !kept.variable || !isLocal(kept, holder)) return undefined;
  const functions = functionsAround(maker.site);
  const outermost = functions.at(-1);
  const name = outermost && functionName(outermost);
  if (!outermost || name === undefined || !isWorkedWith(file.sourceCode, maker, kept)) return undefined;
  if (functions.some((one) => isOnce(file, one))) return undefined;
  const isEnded = isEndedHere(file.sourceCode, maker, kept);
  if (!isEnded && functions.some((one) => isGuarded(file.sourceCode, maker.site, one))) return undefined;
  if (stands(file.sourceCode, maker, kept)) return undefined;
  return { reason: 'oneShot', certainty: 'likely', what: `\`${name}\``, node: outermost };
}

/** Declared in the function itself. */
function isLocal({ variable }: Kept, holder: FunctionNode): boolean {
  const name = variable?.identifiers[0];
  return name !== undefined && isInside(name, holder);
}

function functionsAround(node: TSESTree.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let at = holderOf(node); isFunction(at); at = holderOf(at)) found.push(at);
  return found;
}

/** A function that others can call: one with a name. */
function functionName(fn: FunctionNode): string | undefined {
  const name = nameOf(fn)?.name ?? (fn.type === 'FunctionExpression' ? fn.id?.name : undefined);
  if (name !== undefined) return name;
  const { parent } = fn;
  if (parent.type === 'MethodDefinition' && parent.kind !== 'constructor') return keyName(parent);
  if (parent.type === 'PropertyDefinition' || parent.type === 'Property') return keyName(parent);
  if (parent.type !== 'AssignmentExpression' || parent.left.type !== 'MemberExpression') return undefined;
  const { property } = parent.left;
  return property.type === 'Identifier' && property.name !== 'exports' ? property.name : undefined;
}

/** Its end, or its whole use, lies in this function. */
function isWorkedWith(
  sourceCode: SourceCode,
  { owns, site }: Maker,
  { mentions, chained, name, variable }: Kept,
): boolean {
  const methods = [
    ...mentions.map(methodOn),
    ...chained.map((call) => methodOn((call.callee as TSESTree.MemberExpression).object)),
  ];
  const home = variable?.identifiers[0] ?? site;
  const isEnded = methods.some((one) => one !== undefined && isGoodEnd(owns, one, home));
  const quiet = new Set([...owns.end, ...(owns.open ?? []), 'on', 'once', 'promise']);
  const isUsed =
    methods.some((one) => one !== undefined && !quiet.has(one.name)) ||
    mentions.some((one) => isCalled(one) || isReadFrom(one, quiet) || lentTo(one));
  if (
    mentions.some(
      (one) =>
        leaves(one) ||
        isForEver(one, site) ||
        (!isEnded && leavesDerived(sourceCode, one)) ||
        runsLater(sourceCode, one, variable?.identifiers[0], name),
    )
  )
    return false;
  return isUsed && (isEnded || mentions.every((one) => !lentTo(one)));
}

/** An end that is not only that of a failure. */
function isGoodEnd(
  { end }: Maker['owns'],
  { name, call }: { name: string; call: TSESTree.Node },
  home: TSESTree.Node,
): boolean {
  return end.includes(name) && !isOnFailure(call, home);
}

/** Ended by the code that builds it, not by a hook that it registers: nothing outlives the call. */
export function isEndedHere(
  sourceCode: SourceCode,
  { owns, site }: Maker,
  { mentions, chained, name, variable }: Kept,
): boolean {
  const home = variable?.identifiers[0] ?? site;
  const ends = (one: TSESTree.Node): boolean => {
    const method = methodOn(one);
    return method !== undefined && isGoodEnd(owns, method, home);
  };
  return (
    // An end before it is that of the one before: `await pool?.end(); pool = new Pool()`.
    mentions.some((one) => ends(one) && one.range[0] > site.range[0] && !runsLater(sourceCode, one, home, name)) ||
    chained.some((call) => ends((call.callee as TSESTree.MemberExpression).object))
  );
}

const LISTENS = /^(?:consume|subscribe|psubscribe|on|run|listen|watch)$/;
const HANDLES =
  /^(?:db|collection|model|table|fork|em|getRepository|promise|getDatabase|connect|\$extends|compose|duplicate|withTypeMapping|createChannel|createConfirmChannel)$/;

/** `return client.db(name)`, `channel.consume(queue, …)`: what lives as long as the client goes on. */
function leavesDerived(sourceCode: SourceCode, mention: TSESTree.Node): boolean {
  let method = methodOn(mention);
  if (!method) return false;
  // `client.db(name).collection(kind)`.
  for (let next = methodOn(method.call); next && HANDLES.test(next.name); next = methodOn(method.call)) method = next;
  const value = method.call.parent.type === 'AwaitExpression' ? method.call.parent : method.call;
  const name = nameOf(value);
  const variable = name && declaredVariable(sourceCode, name);
  const derived = [value, ...(variable ? identifiersOf(variable).filter((one) => one !== name) : [])];
  const isHandle = HANDLES.test(method.name);
  return derived.some((one) => (isHandle && livesOn(one)) || LISTENS.test(methodOn(one)?.name ?? ''));
}

/** It leaves, or what it is given to does: `this.adapter = createAdapter(collection)`. */
function livesOn(derived: TSESTree.Node): boolean {
  const taker = lentTo(derived);
  return leaves(derived) || (taker !== undefined && leaves(taker) && taker.parent.type !== 'AwaitExpression');
}

/** `while (true) { await client.query(…) }` behind it: a worker that goes on for ever. */
function isForEver(mention: TSESTree.Node, site: TSESTree.Node): boolean {
  for (let at = mention.parent; at && !isInside(site, at); at = at.parent) {
    const isEndless = at.type === 'WhileStatement' && at.test.type === 'Literal' && at.test.value === true;
    if (isEndless || (at.type === 'ForStatement' && !at.test)) return true;
  }
  return false;
}

/** `prisma.user.findMany()`. */
function isReadFrom(mention: TSESTree.Node, quiet: ReadonlySet<string>): boolean {
  const { parent } = mention;
  return parent?.type === 'MemberExpression' && parent.object === mention && !quiet.has(propertyName(parent) ?? '');
}

/** `` sql`…` ``, `knex('users')`. */
function isCalled(mention: TSESTree.Node): boolean {
  const { parent } = mention;
  return (
    (parent?.type === 'TaggedTemplateExpression' && parent.tag === mention) ||
    (parent?.type === 'CallExpression' && parent.callee === mention)
  );
}

/** Its name says so, module code calls it or gives it away, or all who call it in this file are run once. */
function isOnce(file: SlotFile, fn: FunctionNode, depth = 0): boolean {
  const name = functionName(fn) ?? '';
  if (isOnceName(name) || isProbeName(name)) return true;
  const calls = callsOf(file, fn);
  const isOfModule = (node: TSESTree.Node): boolean => !isFunction(holderOf(node));
  if (calls.some(isOfModule)) return true;
  const places = placesOf(file.sourceCode, fn);
  if (places.some((one) => one !== fn && lentTo(one) && isOfModule(one))) return true;
  const isShown = places.some((one) => exposuresOf(one).length > 0);
  if (depth > 2 || calls.length === 0 || isShown) return false;
  if (calls.every((call) => functionsAround(call).some((one) => isGuarded(file.sourceCode, call, one)))) return true;
  return calls.every((call) => functionsAround(call).some((one) => isOnce(file, one, depth + 1)));
}

/** It cannot come from a pool: what it does needs a connection of its own, or it is made beside a pool on purpose. */
function stands(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { owns, site }: Maker,
  { mentions, chained }: Kept,
): boolean {
  const calls = [...mentions.flatMap((one) => methodOn(one) ?? []), ...chained.map((call) => ({ name: '', call }))];
  if (calls.some(({ name }) => owns.session?.includes(name))) return true;
  if (mentions.some((one) => isAdministration(one))) return true;
  const texts = calls.flatMap(({ call }) => sqlText(call.arguments[0]) ?? []);
  if (calls.some(({ call }) => isCursor(call))) return owns.what === 'connection';
  if (isChosenByCaller(sourceCode, site)) return true;
  if (texts.some((text) => ALONE.test(text)) || (texts.length > 0 && texts.every((text) => TRIVIAL.test(text))))
    return true;
  return site.arguments.some((one) => /\.\.\.[^,}]*(?:pool|client)/i.test(sourceCode.getText(one)));
}

/** `client.db().admin()`. */
function isAdministration(mention: TSESTree.Node): boolean {
  for (let method = methodOn(mention); method; method = methodOn(method.call)) {
    if (ADMINISTERS.has(method.name)) return true;
  }
  return false;
}

/** `client.query(new Cursor(…))`, `new QueryStream(…)`: the connection is read from for long. */
function isCursor({ arguments: [first] }: TSESTree.CallExpression): boolean {
  return (
    first?.type === 'NewExpression' && first.callee.type === 'Identifier' && /Cursor|Stream/.test(first.callee.name)
  );
}
