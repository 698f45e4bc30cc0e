import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Configuration, LimitOption } from '../../analysis/model.ts';
import { unwrap } from '../../ast/unwrap.ts';
import type { Repair } from '../repair.ts';
import { joined, repairOf } from './change.ts';
import type { Change, Old, Wanted } from './change.ts';
import { insertAll } from './insert-all.ts';
import { findPath } from './literal.ts';
import { productOf } from './plain.ts';
import { replaceGiven } from './replace-given.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** Writes a number for an option: in place of what stands there, or as a new property. */
export function repairBySetting(
  context: Context,
  configuration: Configuration,
  change: Wanted & { readonly messageId: string; readonly kind?: Repair['kind'] },
): Repair | undefined {
  return repairBySettingAll(context, configuration, [change], change.messageId, change.kind);
}

/** Several options in one edit. */
export function repairBySettingAll(
  _: Context,
  configuration: Configuration,
  changes: readonly Wanted[],
  messageId: string,
  kind?: Repair['kind'],
): Repair | undefined {
  if (!changes.every((one) => isNumber(one.value))) return undefined;
  const written = changes.map((one) => [one, one.given ?? givenOf(configuration, one.option)] as const);
  const news = written.flatMap(([one, given]) => (given === 'absent' ? [one] : []));
  const olds = written.flatMap(([one, given]) => (given === 'absent' ? [] : [replaced(configuration, one, given)]));
  const added = news.length > 0 ? [insertAll(configuration, news)] : [];
  return repairOf(joined([...olds, ...added]), messageId, kind);
}

const isNumber = (value: number): boolean => Number.isFinite(value) && value >= 0;

function replaced(configuration: Configuration, { option, value }: Wanted, given: Old | undefined): Change | undefined {
  if (given?.value.is === 'number' && given.value.number === value) return { edits: [], reach: 'here' };
  return given && replaceGiven(configuration, option, given, value);
}

/** What stands for an option under one of its names, where it is a number written out; undefined: something else. */
function givenOf(configuration: Configuration, option: LimitOption): Old | 'absent' | undefined {
  if (option.in === 'url') return 'absent';
  const found = [option.option, ...(option.also ?? [])].map((path) => findPath(configuration, path));
  if (found.every(({ is }) => is === 'free' || is === 'none')) return 'absent';
  const [only, ...more] = found.flatMap((one) => (one.is === 'written' ? [one] : []));
  const number = only && productOf(only.value);
  if (!only || more.length > 0 || number === undefined || found.some(({ is }) => is === 'unclear')) return undefined;
  return givenAt(only.value, only.node, number);
}

function givenAt(value: TSESTree.Node, node: TSESTree.AssignmentExpression | TSESTree.Property, number: number): Old {
  const property = { is: 'property', name: '', value, node } as const;
  return { node: unwrap(value), value: { is: 'number', number }, property };
}
