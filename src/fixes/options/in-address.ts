import type { TSESTree } from '@typescript-eslint/utils';
import type { Configuration, LimitOption, Setup } from '../../analysis/model.ts';
import { insert, replace } from '../text/edit.ts';
import type { Change } from './change.ts';
import { reachOf } from './readers.ts';

/** Numbers in the text of a connection string. */

/** `?connectionLimit=0`: the number alone. Refused where a template or a sum goes on with it. */
export function replaceInAddress(
  { setup, site }: Configuration,
  option: LimitOption,
  node: TSESTree.Node,
  value: number,
): Change | undefined {
  const { sourceCode } = setup;
  const text = sourceCode.getText(node);
  const names = (option.url ?? []).join('|');
  const pattern = String.raw`[?&](?:${names})=([^&#'"\`$\s]+)(?=[&#]|['"\`]$)`;
  const found = [...text.matchAll(new RegExp(pattern, setup.limits.urlAnyCase ? 'gi' : 'g'))];
  const [only] = found;
  if (!only || found.length > 1 || !isRead(setup, option)) return undefined;
  const end = node.range[0] + only.index + only[0].length;
  const edits = [replace(end - (only[1] ?? '').length, end, String(value))];
  return { edits, reach: reachOf(sourceCode, node, [], site) };
}

/** Adds a parameter to a connection string that is written out up to its database. */
export function appendToAddress(
  { setup, site }: Configuration,
  option: LimitOption,
  value: number,
): Change | undefined {
  const [address, ...more] = setup.addresses;
  const [name] = option.url ?? [];
  if (!address || more.length > 0 || address.open || name === undefined || !isRead(setup, option)) return undefined;
  const text = setup.sourceCode.getText(address.node);
  const isWritten =
    /^(['"`])[\w+]+:\/\/[^#]+\1$/.test(text) && /:\/\/[^/?]+\/[^?]*[^?}]['"`]$|\?.*[^&?}]['"`]$/.test(text);
  if (!isWritten) return undefined;
  const edits = [insert(address.node.range[1] - 1, `${text.includes('?') ? '&' : '?'}${name}=${value}`)];
  return { edits, reach: reachOf(setup.sourceCode, address.node, [], site) };
}

/** Text counts as the number that it spells. */
const isRead = ({ limits }: Setup, option: LimitOption): boolean =>
  limits.urlValues === 'parsed' || option.text === 'read';
