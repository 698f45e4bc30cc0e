import type { TSESTree } from '@typescript-eslint/utils';
import type { Configuration } from '../../analysis/model.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { insert, replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { eolOf, marginAt, startsLine } from '../text/lines.ts';
import { memberTexts } from './member-text.ts';
import type { Member } from './member-text.ts';

/**
 * Options for a call that has none: `new Pool()`, `postgres(url)`, `createPool(url)`. In: what is to stand there. Out: an
 * edit, where the driver reads options there.
 */
export function insertOptions(configuration: Configuration, members: readonly Member[]): Edit | undefined {
  const { setup, site } = configuration;
  const { limits, sourceCode } = setup;
  const text = `{ ${memberTexts(sourceCode, members).join(', ')} }`;
  const { length } = site.arguments;
  const [only] = site.arguments;
  if (site.arguments.some((one) => one.type === 'SpreadElement')) return undefined;
  if (!only) return limits.at ? undefined : asOnly(configuration, text);
  if (isNext(configuration, length)) return asNext(configuration, text);
  if (limits.under === undefined || length > 1 || setup.argument) return undefined;
  const address = { names: limits.under.split('.'), text: sourceCode.getText(only) };
  return replace(...only.range, `{ ${memberTexts(sourceCode, [address, ...members]).join(', ')} }`);
}

/** The next argument is where options stand: at a place of their own, or behind an address. */
function isNext({ setup: { argument, limits } }: Configuration, given: number): boolean {
  if (limits.at !== undefined) return limits.at === given && given > 0;
  return limits.behind?.includes(given) === true && (!argument || isNumber(argument));
}

/** The port of `new Redis(6379)`. */
const isNumber = (node: TSESTree.Node): boolean => {
  const value = unwrap(node);
  return value.type === 'Literal' && typeof value.value === 'number';
};

function asOnly({ setup: { sourceCode }, site }: Configuration, text: string): Edit {
  const last = sourceCode.getLastToken(site) as TSESTree.Token;
  return last.value === ')' ? insert(last.range[0], text) : insert(site.range[1], `(${text})`);
}

function asNext({ setup: { sourceCode }, site }: Configuration, text: string): Edit {
  const last = site.arguments.at(-1) as TSESTree.Node;
  const after = sourceCode.getTokenAfter(last) as TSESTree.Token;
  const isOnLines =
    startsLine(sourceCode, last) && sourceCode.getLastToken(site)?.loc.start.line !== after.loc.end.line;
  const lead = isOnLines ? eolOf(sourceCode) + marginAt(sourceCode, last.range[0]) : ' ';
  return after.value === ',' ? insert(after.range[1], `${lead}${text},`) : insert(last.range[1], `,${lead}${text}`);
}
