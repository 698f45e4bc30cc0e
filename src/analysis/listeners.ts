import type { TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../ast/functions.ts';
import { unwrap } from '../ast/unwrap.ts';
import { leaves, lentTo, methodOn } from './kept.ts';
import type { Kept } from './kept.ts';
import { exportOf } from './imports.ts';
import type { Ladder } from './kinds.ts';
import type { Maker } from './makers.ts';
import type { Creation } from './model.ts';
import { moduleOf } from './receivers.ts';
import { driverOfModule } from './known.ts';

/**
 * Who listens to the `error` events of what is built. In: the value and its mentions. Out: `built` when nobody in the
 * file listens and nobody else was given it; `held` when the file listens to the pool but not to the connections that
 * code elsewhere, or here, holds. A value that leaves our view unheard may be heard there: silent.
 */
export function unheardOf(ladder: Ladder, { site, owns }: Maker, kept: Kept, checkouts: number): Creation['unheard'] {
  if (!owns.crashes) return undefined;
  const calls = [...kept.mentions.flatMap((one) => methodOn(one) ?? []), ...kept.chained.flatMap(chainedCall)];
  const listens = (events: RegExp): boolean => calls.some((one) => isListening(one, events));
  const given = [...kept.mentions, kept.value].flatMap((one) => lentTo(one) ?? []).filter((one) => !isDeaf(ladder, one));
  if (listens(/^error$/)) {
    const isHeld = owns.crashes.held !== undefined && (checkouts > 0 || given.length > 0);
    return isHeld && !listens(/^(?:connect|acquire)$/) ? 'held' : undefined;
  }
  const isOurs = kept.name !== undefined || lentTo(kept.value) !== undefined;
  // It is ended where it is built: it lives as long as a call or a script.
  const isShort = calls.some(({ name, call }) => owns.end.includes(name) && holderOf(call) === holderOf(site));
  return isOurs && !isShort && given.length === 0 && !isHandedOut(kept, site) ? 'built' : undefined;
}

function isLocal(variable: Kept['variable']): boolean {
  return variable !== undefined && variable.scope.type !== 'module' && variable.scope.type !== 'global';
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
  if (exportOf(sourceCode, call.callee)) return true;
  const module = moduleOf(sourceCode, call.callee);
  return module !== undefined && driverOfModule(module) !== undefined;
}

/** A factory gives it to its caller, who may listen; what a module or a field keeps is its own. */
function isHandedOut({ variable, mentions, value }: Kept, site: TSESTree.Node): boolean {
  if (leaves(value)) return value.parent?.type !== 'ExportDefaultDeclaration' && value.parent?.type !== 'AssignmentExpression';
  return isLocal(variable) && mentions.some((one) => leaves(one) && one !== site);
}
