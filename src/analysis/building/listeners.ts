import type { TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { leaves, lentTo, methodOn } from './kept.ts';
import type { Kept } from './kept.ts';
import { exportOf } from '../imports.ts';
import type { Ladder } from '../kinds.ts';
import type { Maker } from './makers.ts';
import type { Creation } from '../model.ts';
import { moduleOf } from '../requests/receivers.ts';
import { driverOfModule } from '../known.ts';

/**
 * Who listens to the `error` events of what is built. In: the value and its mentions. Out: `built` when nobody in the
 * file listens and nobody else was given it; `held` when nobody listens to the connections that this file, or those
 * whom it gives the pool to, take from it. A value that leaves our view unheard may be heard there: silent.
 */
export function unheardOf(
  ladder: Ladder,
  { site, owns }: Maker,
  kept: Kept,
  held: readonly string[],
): Creation['unheard'] {
  if (!owns.crashes || (owns.crashes.unless && ladder.sourceCode.text.includes(owns.crashes.unless))) return [];
  const { on } = owns.crashes;
  const emitters = kept.mentions.flatMap((one) => (on === undefined ? one : (partOf(one, on) ?? [])));
  const calls = [...emitters.flatMap((one) => methodOn(one) ?? []), ...kept.chained.flatMap(chainedCall)];
  const listens = (events: RegExp): boolean => calls.some((one) => isListening(one, events));
  const { text } = ladder.sourceCode;
  const given = [...kept.mentions, kept.value].flatMap((one) => lentTo(one) ?? []);
  const isGiven = given.some((one) => !isDeaf(ladder, one)) || kept.mentions.some(isListed);
  const ends = calls.filter(({ name }) => owns.end.includes(name));
  // It is ended where it is built: it lives as long as a call or a script.
  const isShort = ends.some(({ call }) => holderOf(call) === holderOf(site)) || (ends.length > 0 && isProgram(ladder));
  const isOurs = !isShort && !isHandedOut(kept, site) && (kept.name !== undefined || given.length > 0);
  const isHeard = listens(/^error$/);
  const isBuilt = isOurs && !isHeard && !isGiven && !isHeardAs(text, kept.name);
  // Whoever gets it as a pool takes connections from it.
  const isShared = held.some((name) => !isHeardAs(text, name)) || [...kept.mentions, kept.value].some(isPool);
  const isHeld =
    owns.crashes.held !== undefined && isShared && (isBuilt || isHeard) && !listens(/^(?:connect|acquire)$/);
  return [...(isBuilt ? ['built' as const] : []), ...(isHeld ? ['held' as const] : [])];
}

/** `pool.on('error', …)` where it goes by the same name: `const { pool } = this`. */
function isHeardAs(text: string, name: string | undefined): boolean {
  const last = /[\w$]+$/.exec(name ?? '')?.[0];
  const pattern = String.raw`\b${last?.replaceAll('$', String.raw`\$`)}[!?]?\s*\.(?:on|once|addListener)\(\s*['"]error`;
  return last !== undefined && new RegExp(pattern).test(text);
}

/** `for (const pool of [writer, reader])`: heard there, perhaps. */
function isListed(mention: TSESTree.Node): boolean {
  return wrapped(mention).parent?.type === 'ArrayExpression';
}

/** `{ pool }`: a part of what others get, by the name of a pool: they take connections from it. */
function isPool(mention: TSESTree.Node): boolean {
  const { parent } = wrapped(mention);
  return parent?.type === 'Property' && parent.value === wrapped(mention) && /pool$/i.test(keyName(parent) ?? '');
}

/** A file that gives nothing to others runs by itself; what it ends, it ends when it is done. */
function isProgram({ sourceCode }: Ladder): boolean {
  return !/^export\b|\bexports\b|\.listen\(/m.test(sourceCode.text);
}

function isLocal(variable: Kept['variable']): boolean {
  return variable !== undefined && variable.scope.type !== 'module' && variable.scope.type !== 'global';
}

/** `db.$client`. */
function partOf(mention: TSESTree.Node, name: string): TSESTree.Node | undefined {
  const { parent } = wrapped(mention);
  return parent?.type === 'MemberExpression' && propertyName(parent) === name ? parent : undefined;
}

function chainedCall(call: TSESTree.CallExpression): { name: string; call: TSESTree.CallExpression }[] {
  const callee = unwrap(call.callee);
  const property = callee.type === 'MemberExpression' ? callee.property : undefined;
  return property?.type === 'Identifier' ? [{ name: property.name, call }] : [];
}

/** An event whose name we cannot read may be `error`. */
function isListening({ name, call }: { name: string; call: TSESTree.CallExpression }, events: RegExp): boolean {
  if (!/^(?:on|once|addListener|prependListener)$/.test(name)) return false;
  const [event] = call.arguments;
  return event?.type !== 'Literal' || events.test(String(event.value));
}

/** Query builders work with the pool and listen to nothing: drizzle, `new PostgresDialect({ pool })`. */
function isDeaf({ sourceCode }: Ladder, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const module = moduleOf(sourceCode, call.callee);
  const driver =
    exportOf(sourceCode, call.callee)?.driver ?? (module === undefined ? undefined : driverOfModule(module));
  return driver !== undefined && !driver.listens;
}

/** A factory gives it to its caller, who may listen; what a module or a field keeps is its own. */
function isHandedOut({ variable, mentions, value }: Kept, site: TSESTree.Node): boolean {
  const { parent } = value;
  if (leaves(value) && parent?.type !== 'AssignmentExpression') return parent?.type !== 'ExportDefaultDeclaration';
  return isLocal(variable) && mentions.some((one) => leaves(one) && one !== site);
}
