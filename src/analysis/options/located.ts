import type { TSESTree } from '@typescript-eslint/utils';
import type { LimitOption } from '../../drivers/driver.ts';
import type { Configuration } from '../model.ts';
import type { Place } from './model.ts';

/** From a judgement to the code that the user must change. */

/** What is judged: an option, and what stands for it; neither: the pool or client as a whole. */
interface Judgement {
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly option?: LimitOption | undefined;
  readonly given?: Place | undefined;
}

export type Located<One> = One & { readonly configuration: Configuration; readonly node: TSESTree.Node };

export function locate<One extends Judgement>(configuration: Configuration, one: One): Located<One> {
  return { ...one, configuration, node: placeOf(configuration, one) };
}

/** The option, where one is written; else the object that lacks it, or the call that builds. */
function placeOf({ setup, site }: Configuration, { given, option }: Judgement): TSESTree.Node {
  if (given) return given.property?.node ?? given.node;
  if (!option) return site;
  const holder = option.option.replace(/\.?[^.]*$/, '');
  const home = holder === '' ? undefined : setup.entry(holder).given[0]?.property?.node;
  const place = home ?? setup.shape.literal;
  const isInside = !place || (site.range[0] <= place.range[0] && place.range[1] <= site.range[1]);
  return isInside ? site : place;
}

/** Options that build two pools are wrong once. */
export function distinct<One extends Located<Judgement>>(located: readonly One[]): One[] {
  const keyOf = ({ data, messageId, node }: One): string =>
    [node.range[0], messageId, data['option'], data['wait']].join();
  const found = new Map<string, One>();
  for (const one of located) if (!found.has(keyOf(one))) found.set(keyOf(one), one);
  return [...found.values()];
}
