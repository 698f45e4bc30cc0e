import type { TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../../ast/functions.ts';
import { isInside } from '../../ast/inside.ts';
import { propertyName } from '../../ast/property-name.ts';
import { sqlText } from '../../ast/sql.ts';
import { findVariable } from '../../ast/variables.ts';
import { walk } from '../../ast/walk.ts';
import { calleeText } from '../checkouts.ts';
import { isChosenByCaller } from './chosen.ts';
import { addressOf, isGiven } from './exempt.ts';
import { keptOf, leaves, lentTo, methodOn } from './kept.ts';
import type { Kept } from './kept.ts';
import { keyedBy } from './keyed.ts';
import type { Ladder } from '../kinds.ts';
import { unheardOf } from './listeners.ts';
import { ownsSomething } from './makers.ts';
import type { Made, Maker } from './makers.ts';
import type { Creation, Holder, Repetition, Verdict } from '../model.ts';
import { isEndedHere, oneShotOf } from './one-shot.ts';
import { isGuarded } from './memo.ts';
import { reloadOf } from './reloads.ts';
import { callsOf, repetitionOf } from './repeats.ts';
import type { SlotFile } from '../requests/slots.ts';

/** What is known of the file already. */
interface Reading {
  readonly ladder: Ladder;
  readonly file: SlotFile;
  readonly made: readonly Made[];
  readonly verdicts: readonly Verdict[];
}

/** What a file builds: pools and connections of its own, why each is built again and again, and who ends and hears it. */
export function collectCreations({ ladder, file, made, verdicts }: Reading): Creation[] {
  const held = verdicts.flatMap(({ checkout }) => (checkout.lease.dedicated ? [] : [checkout.name]));
  return made.filter(ownsSomething).map((one) => creationOf(ladder, file, one, held));
}

function creationOf(ladder: Ladder, file: SlotFile, maker: Maker, held: readonly string[]): Creation {
  const { sourceCode } = ladder;
  const kept = keptOf(sourceCode, maker.site);
  const source = calleeText(sourceCode, maker.site);
  const repeats = whyRepeated(file, maker, kept);
  return {
    ...maker,
    name: kept.name ?? lastNameOf(source),
    source,
    variable: kept.variable,
    holder: holderOf(maker.site) as Holder,
    repeats,
    ends: kept.mentions.flatMap((one) => endOn(maker, one) ?? []),
    // What is built again and again has a worse fault.
    unheard: repeats ? [] : unheardOf(ladder, maker, kept, held),
  };
}

/** `new pg.Pool` → `Pool`. */
export const lastNameOf = (source: string): string => source.replace(/^(?:new )?(?:.*\.)?/, '');

function endOn({ owns }: Maker, mention: TSESTree.Node): TSESTree.CallExpression | undefined {
  const method = methodOn(mention);
  return method && owns.end.includes(method.name) ? method.call : undefined;
}

function whyRepeated(file: SlotFile, maker: Maker, kept: Kept): Repetition | undefined {
  const keyed = maker.owns.what === 'connection' && keyedBy(file.sourceCode, maker, kept);
  if (keyed) return keyed;
  if (isListener(maker, kept) || isRenewed(maker, kept)) return undefined;
  const repeats = repetitionOf(file, maker.site, isEndedHere(file.sourceCode, maker, kept));
  if (repeats && isGiven(file.sourceCode, maker.site)) return undefined;
  // One for each element, kept: shards, tenants.
  if (repeats?.reason === 'loop' && (isCollected(kept) || isEachOwn(file.sourceCode, maker, repeats))) return undefined;
  return repeats ?? oneShotOf(file, maker, kept) ?? throughFactory(file, maker, kept) ?? reloadOf(file, maker);
}

/** `const client = await connect()`: what a function of the file builds and returns is worked with by its callers. */
function throughFactory(file: SlotFile, maker: Maker, { value, mentions, variable }: Kept): Repetition | undefined {
  const holder = holderOf(maker.site);
  const isReturned = [value, ...mentions].some(
    (one) => one.parent?.type === 'ReturnStatement' || one.parent === holder,
  );
  const isOwn = !variable || isInside(variable.identifiers[0] ?? maker.site, holder as TSESTree.Node);
  if (!isFunction(holder) || !isReturned || !isOwn || isGuarded(file.sourceCode, maker.site, holder)) return undefined;
  if (isChosenByCaller(file.sourceCode, maker.site, holder)) return undefined;
  for (const name of callsOf(file, holder)) {
    const call = name.parent;
    if (call?.type !== 'CallExpression') continue;
    const found = oneShotOf(file, { ...maker, site: call }, keptOf(file.sourceCode, call));
    if (found) return found;
  }
  return undefined;
}

/** `for (const shard of shards) { new Client(shard.url) }`: each is another server. */
function isEachOwn(sourceCode: SlotFile['sourceCode'], { site }: Maker, { node: loop }: Repetition): boolean {
  let found = false;
  for (const part of addressOf(site)) {
    walk(sourceCode, part, (node) => {
      const definition = node.type === 'Identifier' ? findVariable(sourceCode, node)?.defs[0] : undefined;
      found ||= definition !== undefined && isInside(definition.name as TSESTree.Node, loop);
    });
  }
  return found;
}

/** `const old = pool; pool = new Pool(…); await old.end()`: it takes the place of the one before, at somebody's wish. */
function isRenewed({ owns }: Maker, { mentions, name }: Kept): boolean {
  return mentions.some((one) => {
    const isOld = one.type === 'Identifier' && one.name !== name;
    return isOld && owns.end.includes(methodOn(one)?.name ?? '');
  });
}

/** It is returned, assigned, or put into a list or map. */
function isCollected({ value, mentions, variable }: Kept): boolean {
  const isPut = (one: TSESTree.Node): boolean => {
    const callee = lentTo(one)?.callee;
    return (
      callee?.type === 'MemberExpression' && /^(?:push|set|add|unshift|register)$/.test(propertyName(callee) ?? '')
    );
  };
  return (
    [value, ...mentions].some((one) => leaves(one) || isPut(one)) ||
    (!variable && value.parent?.type === 'AssignmentExpression')
  );
}

/** It listens (LISTEN, `subscribe`, replication): a connection of its own is what that needs. */
function isListener({ owns, site }: Maker, { mentions, chained }: Kept): boolean {
  if (owns.what !== 'connection') return false;
  if (/replication/.test(String(site.arguments.map((one) => one.type === 'ObjectExpression' && keysOf(one)))))
    return true;
  const calls = [...mentions.flatMap((one) => methodOn(one)?.call ?? []), ...chained];
  return (
    mentions.some((one) => owns.session?.includes(methodOn(one)?.name ?? '')) ||
    calls.some((call) => isNotification(call.arguments[0]) || /^\s*LISTEN\b/i.test(sqlText(call.arguments[0]) ?? ''))
  );
}

function keysOf({ properties }: TSESTree.ObjectExpression): string[] {
  return properties.flatMap((one) => (one.type === 'Property' && one.key.type === 'Identifier' ? [one.key.name] : []));
}

function isNotification(node: TSESTree.Node | undefined): boolean {
  return node?.type === 'Literal' && /^(?:notification|replicationStart|message|pmessage)$/.test(String(node.value));
}
