import type { TSESLint } from '@typescript-eslint/utils';
import type { Configuration, LimitOption, Property } from '../../analysis/model.ts';
import type { Repair } from '../repair.ts';
import { repairOf } from './change.ts';
import { converted } from './convert.ts';
import { findPath } from './literal.ts';
import { moveMember } from './move-member.ts';
import { renameAssigned, renameKey } from './rename-key.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type Unit = LimitOption['unit'];

interface Renaming {
  readonly property: Property;
  /** The path that is written, and the one that the driver reads. */
  readonly from: string;
  readonly to: string;
  readonly fromUnit?: Unit | undefined;
  readonly toUnit?: Unit | undefined;
  readonly messageId: string;
}

/** An option that the driver reads elsewhere or under another name: renamed, moved, its time converted. */
export function repairByRenaming(
  { filename }: Context,
  configuration: Configuration,
  { from, fromUnit, messageId, property, to, toUnit }: Renaming,
): Repair | undefined {
  const { limits, sourceCode } = configuration.setup;
  const option = limits.options.find((one) => one.option === to || one.also?.includes(to));
  const names = [to, option?.option ?? to, ...(option?.also ?? [])].filter((one) => one !== from);
  const text = converted(sourceCode, property.value, fromUnit, toUnit ?? option?.unit);
  if (text === undefined || names.some((path) => isWritten(configuration, path))) return undefined;
  const { node } = property;
  const isHere = placeOf(from) === placeOf(to);
  if (node.type !== 'Property') {
    const isTyped = /\.[cm]?tsx?$/.test(filename);
    return isHere && !isTyped ? repairOf(renameAssigned(configuration, node, lastOf(to), text), messageId) : undefined;
  }
  if (node.method || node.kind !== 'init') return undefined;
  if (isHere) return repairOf(renameKey(configuration, node, lastOf(to), text), messageId);
  const found = findPath(configuration, to);
  const move = { property: node, name: lastOf(from), text };
  return found.is === 'free'
    ? repairOf(moveMember(configuration, { ...move, target: found.target }), messageId)
    : undefined;
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const placeOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('.'), 0));

/** The driver has a value for it already, in view. */
function isWritten(configuration: Configuration, path: string): boolean {
  const { parts } = configuration.setup.shape;
  const isAtTop = parts.some((one) => one.is === 'property' && one.name === path);
  return isAtTop || findPath(configuration, path).is === 'written';
}
