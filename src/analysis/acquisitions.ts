import type { TSESTree } from '@typescript-eslint/utils';
import { classOf, holderOf, isFunction } from '../ast/functions.ts';
import type { FunctionNode } from '../ast/functions.ts';
import { nodeAt } from '../ast/node-at.ts';
import { keyName, propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable, identifiersOf } from '../ast/variables.ts';
import type { PoolSettings } from '../settings.ts';
import { bindingOf, isCaught } from './binding.ts';
import type { Binding } from './binding.ts';
import { fittingTaking, isHelperName, receiverName, useOf } from './evidence.ts';
import type { Use } from './evidence.ts';
import { callNamedAt, candidateCalls, importedModules } from './gate.ts';
import type { Site } from './gate.ts';
import { exportOf } from './imports.ts';
import { kindOf } from './kinds.ts';
import type { Ladder } from './kinds.ts';
import { driverNamed, takingOf, takingsNamed } from './known.ts';
import type { Taking } from './known.ts';
import type { Certainty } from './model.ts';

/**
 * Finds every call of a file that hands out a connection which must come back. In: the file and the ladder. Out: the
 * call, how its driver wants it back, and the name that takes it. Found by method name first (one scan of the text),
 * then proven or refuted; functions of the file that return a fresh connection are followed to their callers.
 */
export interface Acquisition extends Taking {
  readonly site: Site;
  readonly binding: Binding;
  readonly certainty: Certainty;
}

/** A call of a function we cannot see that may be somebody's `getClient()`. */
interface Helper {
  readonly call: TSESTree.CallExpression;
  readonly name: string;
  readonly binding: Binding;
  readonly use: Use;
}

const ROUNDS = 3;

export function collectAcquisitions(ladder: Ladder, settings: PoolSettings): Acquisition[] {
  const found = new Map<TSESTree.Node, Acquisition>();
  const helpers: Helper[] = [];
  for (const site of candidateCalls(ladder.sourceCode, settings)) {
    const acquisition = acquisitionAt(ladder, settings, site, helpers);
    if (acquisition) found.set(site, acquisition);
  }
  for (const one of fromHelpers(helpers)) if (!found.has(one.site)) found.set(one.site, one);
  for (let round = 0; round < ROUNDS; round++) {
    const before = found.size;
    for (const one of fromOwnFunctions(ladder, [...found.values()])) if (!found.has(one.site)) found.set(one.site, one);
    if (found.size === before) break;
  }
  return [...found.values()].filter((one) => one.binding.form !== 'returned');
}

/** One call: proven or refuted by what is known of its receiver, else judged by the use of what it returns. */
function acquisitionAt(ladder: Ladder, settings: PoolSettings, site: Site, helpers: Helper[]): Acquisition | undefined {
  const made = makes(ladder, site);
  if (made) return withBinding(ladder, site, made, 'proven');
  if (site.type === 'NewExpression') return undefined;
  const callee = unwrap(site.callee);
  const name = nameOf(callee);
  if (name === undefined) return undefined;
  if (settings.acquire?.includes(name)) return withBinding(ladder, site, ownTaking(name), 'proven');
  const candidates = callee.type === 'MemberExpression' ? takingsNamed(name) : [];
  if (candidates.length === 0) {
    noteHelper(ladder, site, name, helpers);
    return undefined;
  }
  return byReceiver(ladder, site, callee as TSESTree.MemberExpression, name, candidates);
}

function nameOf(callee: TSESTree.Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
}

function byReceiver(
  ladder: Ladder,
  site: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  name: string,
  candidates: readonly Taking[],
): Acquisition | undefined {
  const known = kindOf(ladder, callee.object);
  if (known) {
    const taking = takingOf(known, name);
    return taking && withBinding(ladder, site, taking, known.certainty);
  }
  return ladder.typed(unwrap(callee.object)) === 'other' ? undefined : byEvidence(ladder, site, callee, candidates);
}

/** `await getClient()`: what it returns decides, once all its calls are seen. */
function noteHelper(ladder: Ladder, call: TSESTree.CallExpression, name: string, helpers: Helper[]): void {
  if (call.parent.type !== 'AwaitExpression' || exportOf(ladder.sourceCode, call.callee)) return;
  const binding = bindingOf(ladder.sourceCode, call, { gives: '', result: 'promise' });
  if (binding) helpers.push({ call, name, binding, use: useOf(ladder.sourceCode, binding) });
}

/** `new Client(…)`, `createConnection(…)`: dedicated connections, and named functions that check out. */
function makes(ladder: Ladder, site: Site): Taking | undefined {
  const exported = exportOf(ladder.sourceCode, site.callee);
  const kind = site.type === 'NewExpression' ? exported?.value.new : exported?.value.call;
  const lease = exported && kind !== undefined ? exported.driver.kinds[kind]?.lease : undefined;
  if (!exported || !lease || kind === undefined) return undefined;
  return { driver: exported.driver, lease, method: { gives: kind, result: 'value' } };
}

function withBinding(ladder: Ladder, site: Site, taking: Taking, certainty: Certainty): Acquisition | undefined {
  const binding = bindingOf(ladder.sourceCode, site, taking.method);
  // `const error = await pool.connect().catch((e) => e)`: a failure is wanted, no connection is used.
  const isUnused =
    binding && 'begin' in binding && isCaught(binding.begin) && useOf(ladder.sourceCode, binding).methods.size === 0;
  return binding && !isUnused ? { ...taking, site, binding, certainty } : undefined;
}

/** A function of the user's own, named in the settings, hands out a client that is given back by any usual name. */
function ownTaking(name: string): Taking {
  const pg = driverNamed('pg');
  const lease = pg?.kinds['poolClient']?.lease;
  if (!pg || !lease) throw new Error(`No driver describes what ${name}() hands out.`);
  const any = { ...lease, giveBack: [...lease.giveBack, 'end', 'close', 'destroy'], notGiveBack: [] };
  return {
    driver: pg,
    lease: any,
    method: { gives: 'poolClient', result: 'promise', callback: { error: 0, value: 1, done: 2 } },
  };
}

function byEvidence(
  ladder: Ladder,
  site: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  candidates: readonly Taking[],
): Acquisition | undefined {
  const takesCallback = isFunction(unwrap(site.arguments.at(-1) ?? site.callee));
  const shaped = takesCallback ? candidates.filter((one) => one.method.callback) : candidates;
  const binding = shaped[0] && bindingOf(ladder.sourceCode, site, shaped[0].method);
  if (!binding) return undefined;
  const use = useOf(ladder.sourceCode, binding);
  const taking = fittingTaking(preferImported(ladder, shaped), receiverName(callee.object), use);
  if (!taking) return undefined;
  const all = candidates.filter((one) => Boolean(one.lease.dedicated) === Boolean(taking.lease.dedicated));
  return withBinding(ladder, site, { ...taking, lease: lenient(taking, all) }, 'likely');
}

/** Which driver it is we do not know: whatever gives back for one of them gives back. */
function lenient(taking: Taking, all: readonly Taking[]): Taking['lease'] {
  const giveBack = [...new Set([...taking.lease.giveBack, ...all.flatMap((one) => one.lease.giveBack)])];
  const through = [...new Set(all.flatMap((one) => one.lease.giveBackThrough ?? []))];
  return { ...taking.lease, giveBack, ...(through.length > 0 ? { giveBackThrough: through } : {}), notGiveBack: [] };
}

/** The drivers that an unknown `connect()` or `getConnection()` most often belongs to. */
const COMMONEST = new Set(['pg', 'mysql2', 'mysql2/promise']);

const imported = new WeakMap<object, ReadonlySet<string>>();

/** Drivers that the file imports, types included, come first. */
function preferImported({ sourceCode }: Ladder, candidates: readonly Taking[]): readonly Taking[] {
  let modules = imported.get(sourceCode);
  if (!modules) imported.set(sourceCode, (modules = importedModules(sourceCode.text)));
  const rank = ({ driver }: Taking): number =>
    driver.modules.some((module) => modules.has(module)) ? 2 : Number(COMMONEST.has(driver.name));
  return [...candidates].sort((a, b) => rank(b) - rank(a));
}

/** Helpers of other files, when what they return is used, and given back, like a connection. */
function fromHelpers(helpers: readonly Helper[]): Acquisition[] {
  const givenBack = new Set(helpers.filter((one) => one.use.methods.has('release')).map((one) => one.name));
  return helpers
    .filter((one) => isHelperName(one.name, one.use, givenBack.has(one.name)))
    .map((one) => ({ ...ownTaking(one.name), site: one.call, binding: one.binding, certainty: 'likely' as const }));
}

/** Calls of this file's functions that return a fresh connection. */
function fromOwnFunctions(ladder: Ladder, acquisitions: readonly Acquisition[]): Acquisition[] {
  return acquisitions.flatMap((one) => {
    const maker = one.lease.dedicated ? undefined : makerOf(ladder, one);
    if (!maker) return [];
    const method = {
      gives: one.method.gives,
      result: maker.async || one.method.result === 'promise' ? ('promise' as const) : ('value' as const),
    };
    return callsOf(ladder, maker).flatMap(
      (site) => withBinding(ladder, site, { driver: one.driver, lease: one.lease, method }, one.certainty) ?? [],
    );
  });
}

/** The function that returns what was just taken: at once, or through the name that holds it. */
function makerOf(ladder: Ladder, one: Acquisition): FunctionNode | undefined {
  const holder = holderOf(one.site);
  if (!isFunction(holder)) return undefined;
  if (one.binding.form === 'returned') return holder;
  if (one.binding.form === 'callback')
    return promiseMakerOf(ladder, one.binding.handler, one.method.callback?.value ?? 1);
  if (one.binding.form !== 'declared') return undefined;
  const variable = findVariable(ladder.sourceCode, one.binding.name);
  const isReturned =
    variable &&
    identifiersOf(variable).some((node) => node.parent.type === 'ReturnStatement' && holderOf(node) === holder);
  return isReturned ? holder : undefined;
}

/** `return new Promise((resolve) => pool.getConnection((error, connection) => … resolve(connection)))`. */
function promiseMakerOf(ladder: Ladder, handler: FunctionNode, index: number): FunctionNode | undefined {
  const value = handler.params[index];
  const variable = value?.type === 'Identifier' ? findVariable(ladder.sourceCode, value) : undefined;
  const executor = holderOf(handler);
  if (!variable || !isFunction(executor) || executor.parent.type !== 'NewExpression') return undefined;
  const resolve = executor.params[0];
  const isResolved = identifiersOf(variable).some(
    ({ parent }) =>
      parent.type === 'CallExpression' &&
      parent.callee.type === 'Identifier' &&
      resolve?.type === 'Identifier' &&
      parent.callee.name === resolve.name,
  );
  const promise = executor.parent;
  const isReturned =
    promise.parent.type === 'ReturnStatement' ||
    promise.parent.type === 'ArrowFunctionExpression' ||
    promise.parent.type === 'AwaitExpression';
  const maker = holderOf(promise);
  return isResolved && isReturned && isFunction(maker) ? maker : undefined;
}

function callsOf(ladder: Ladder, target: FunctionNode): TSESTree.CallExpression[] {
  const { parent } = target;
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') return methodCalls(ladder, parent);
  const name =
    target.type === 'FunctionDeclaration' ? target.id : parent.type === 'VariableDeclarator' ? parent.id : undefined;
  const variable = name?.type === 'Identifier' ? findVariable(ladder.sourceCode, name) : undefined;
  return (variable ? identifiersOf(variable) : [])
    .flatMap((one) => callNamedAt(one) ?? [])
    .filter((one) => one.type === 'CallExpression');
}

function methodCalls(
  ladder: Ladder,
  method: TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): TSESTree.CallExpression[] {
  const name = keyName(method);
  const body = classOf(method);
  if (name === undefined || !body) return [];
  const calls: TSESTree.CallExpression[] = [];
  const text = ladder.sourceCode.text;
  for (
    let at = text.indexOf(`this.${name}(`, body.range[0]);
    at >= 0 && at < body.range[1];
    at = text.indexOf(`this.${name}(`, at + 1)
  ) {
    const call = callNamedAt(nodeAt(ladder.sourceCode, at + 'this.'.length));
    if (call?.type === 'CallExpression') calls.push(call);
  }
  return calls;
}
