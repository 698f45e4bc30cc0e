import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { nodeAt } from '../ast/node-at.ts';
import type { PoolSettings } from '../settings.ts';
import { commonTakings, makerNames, moduleNames, receiverNames, ownTakings } from './known.ts';

/**
 * The calls of a file that may hand out a connection, found by their names in its text. In: the text. Out: call nodes.
 * Names that other libraries use too are looked for only beside a telling receiver, or where the file imports a driver;
 * most files have none of all these and are left after one look.
 */
export type Site = TSESTree.CallExpression | TSESTree.NewExpression;

const CALLED = String.raw`(?:\?\.|!)?\s*[(<]`;
// A dot first: searching for it is four times as fast as for a word's start.
const METHODS = String.raw`[.#](?:${ownTakings.join('|')})${CALLED}`;
const TELLING = String.raw`(?:[pP]ool|${receiverNames.join('|')})[!?)]{0,2}\.(?:${commonTakings.join('|')})${CALLED}`;
const HELPERS = String.raw`\bawait\s+(?:[\w$#]+[.?!]+)*(?:get|acquire|obtain|borrow|checkout|take|open|connect)\w*(?:[cC]onnection|[cC]lient|[cC]onn)\s*[(<]`;
const ANY = String.raw`${METHODS}|${TELLING}|${HELPERS}`;
const WITH_DRIVER = String.raw`${ANY}|\b(?:${[...ownTakings, ...commonTakings].join('|')})${CALLED}|\b(?:${makerNames.join('|')})\s*[(<]`;

const anyOf = (names: readonly string[]): string => names.map((name) => name.replace(/[.]/g, String.raw`\.`)).join('|');

const GATE = new RegExp(ANY);
const IMPORTS = new RegExp(String.raw`['"](?:${anyOf(moduleNames)})['"]`);
// Made once: the texts of these patterns are long.
const ALL_IMPORTS = new RegExp(IMPORTS, 'g');
const SCANS = { plain: new RegExp(ANY, 'g'), withDriver: new RegExp(WITH_DRIVER, 'g') };

/** One quick look at the text. */
export function mayAcquire(text: string, settings: PoolSettings): boolean {
  return IMPORTS.test(text) || GATE.test(text) || (settings.acquire ?? []).some((name) => text.includes(name));
}

/** The drivers' modules that are named in the text. */
export function importedModules(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(ALL_IMPORTS), ([match]) => match.slice(1, -1)));
}

/** The calls whose name stands in the text, in source order. */
export function candidateCalls(sourceCode: Readonly<TSESLint.SourceCode>, settings: PoolSettings): Set<Site> {
  const calls = new Set<Site>();
  const { text } = sourceCode;
  const scan = scanFor(text, settings);
  scan.lastIndex = 0;
  for (let match = scan.exec(text); match; match = scan.exec(text)) {
    // The name is the last word of the match, before the parenthesis.
    const word = /[\w$]+(?=[!?.]*\s*[(<]$)/.exec(match[0]);
    const call = word ? callNamedAt(nodeAt(sourceCode, match.index + word.index)) : undefined;
    if (call) calls.add(call);
  }
  return calls;
}

function scanFor(text: string, { acquire = [] }: PoolSettings): RegExp {
  const scan = IMPORTS.test(text) ? SCANS.withDriver : SCANS.plain;
  if (acquire.length === 0) return scan;
  const own = acquire.map((name) => String.raw`\b${name.replace(/[^\w]/g, String.raw`\$&`)}\s*[(<]`);
  return new RegExp([scan.source, ...own].join('|'), 'g');
}

/** The call whose function or method is named by the identifier at `node`. */
export function callNamedAt(node: TSESTree.Node): Site | undefined {
  if (node.type !== 'Identifier' && node.type !== 'PrivateIdentifier') return undefined;
  let callee: TSESTree.Node = node;
  if (node.parent.type === 'MemberExpression' && node.parent.property === node) callee = node.parent;
  while (callee.parent?.type === 'TSNonNullExpression' || callee.parent?.type === 'ChainExpression')
    callee = callee.parent;
  const call = callee.parent;
  const isCall = call?.type === 'CallExpression' || call?.type === 'NewExpression';
  return isCall && call.callee === callee ? call : undefined;
}
