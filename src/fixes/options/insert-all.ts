import type { Configuration, LimitOption } from '../../analysis/model.ts';
import { unwrap } from '../../ast/unwrap.ts';
import type { Change, Wanted } from './change.ts';
import { appendToAddress } from './in-address.ts';
import { intoLiterals } from './into-literals.ts';
import { findPath } from './literal.ts';
import { insertOptions } from './new-options.ts';
import { numberText } from './number-text.ts';

/** Adds options that stand nowhere yet: to the literals that they belong in, to a call without any, or to the address. */
export function insertAll(configuration: Configuration, wanted: readonly Wanted[]): Change | undefined {
  const { argument, sourceCode } = configuration.setup;
  const members = wanted.map(({ option, value }) => ({
    path: option.option,
    names: option.option.split('.'),
    text: numberText(sourceCode, value),
  }));
  if (wanted.some(({ option }) => isMisnamed(configuration, option))) return undefined;
  if (wanted.some(({ option }) => option.in === 'url')) return intoAddress(configuration, wanted);
  if (!argument || unwrap(argument).type === 'Literal') {
    const edit = insertOptions(configuration, members);
    return edit ? { edits: [edit], reach: 'here' } : intoAddress(configuration, wanted);
  }
  const added = members.flatMap(({ path, text }) => {
    const found = findPath(configuration, path);
    return found.is === 'free' ? [{ ...found.target, text }] : [];
  });
  return added.length === members.length ? intoLiterals(configuration, added) : undefined;
}

function intoAddress(configuration: Configuration, [only, ...more]: readonly Wanted[]): Change | undefined {
  return only && more.length === 0 ? appendToAddress(configuration, only.option, only.value) : undefined;
}

/** It is written under a name that the driver does not read: to be renamed, so that the user's own number counts. */
function isMisnamed(configuration: Configuration, { also = [], option }: LimitOption): boolean {
  const { misread = [] } = configuration.setup.limits;
  const names = misread.filter(({ in: place, instead = '' }) => !place && [option, ...also].includes(instead));
  return names.some((one) => findPath(configuration, one.option).is === 'written');
}
