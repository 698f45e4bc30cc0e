import type { LimitOption } from '../../drivers/driver.ts';
import type * as findings from '../../findings/finding.ts';
import { nameFindings } from '../../findings/names.ts';
import { sizeFindings } from '../../findings/sizes.ts';
import { shareFindings, shareOf } from '../../findings/sums.ts';
import { RECOMMENDED, waitFindings } from '../../findings/waits.ts';
import type { ViolationId } from '../../policy/violations.ts';
import type { Guard } from '../guard.ts';
import { setupOf } from './setup.ts';
import type { Live } from './setup.ts';

/** What is wrong with how a pool is set up: the findings of the linter, as it judges by its recommended configuration. */

export interface Finding {
  readonly id: ViolationId;
  readonly key: string;
  readonly data: Readonly<Record<string, number | string>>;
  /** What `enforce` writes: only what the policy states. */
  readonly changes: readonly Change[];
}

export interface Change {
  readonly option: LimitOption;
  /** In the option's unit. */
  readonly value: number;
  /** The key of the policy. */
  readonly key: string;
  /** What stands there; undefined where the default holds. */
  readonly given: { readonly value: unknown; readonly in: 'options' | 'url'; readonly path: string } | undefined;
}

/** `others`: what the pools of this process to the same database may open already. */
export function judge({ name, policy, source }: Guard, others: number): readonly Finding[] {
  const pool = { name, driver: { name: source.driver }, setup: setupOf(source.limits, source.options) };
  const sizes = sizeFindings(pool, policy, { explicit: false, serves: false });
  // Where others are open already, less is left than the policy gives to one pool.
  const left = shareOf(pool, policy, others)?.max;
  return [
    ...told('pool/no-unbounded-pool', [...sizes, ...shareFindings(pool, policy, others)], left),
    ...told('pool/require-timeouts', waitFindings(pool, policy, RECOMMENDED)),
    ...told('pool/no-ignored-option', nameFindings(pool)),
  ];
}

function told(id: ViolationId, found: readonly findings.Finding<string, Live>[], left = Infinity): Finding[] {
  return found.map(({ beside = [], changes, data, messageId: key }) => ({
    id,
    key,
    data,
    changes: [...changes, ...beside].flatMap((one) => changeOf(one, left) ?? []),
  }));
}

function changeOf({ given, option, stated }: findings.Change<Live>, left: number): Change | undefined {
  if (!stated) return undefined;
  const value = option.limits.includes('max') ? Math.min(stated.value, left) : stated.value;
  return { option, value, key: stated.key, given: given && { value: given.raw, in: given.in, path: given.path } };
}
