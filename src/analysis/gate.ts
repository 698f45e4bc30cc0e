import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { nodeAt } from '../ast/node-at.ts';
import type { PoolSettings } from '../settings.ts';
import { commonTakings, makerNames, moduleNames, receiverNames, ownTakings } from './known.ts';
import { TRANSACTION } from './pool-transactions.ts';

/**
 * The calls of a file that may hand out a connection, found by their names in its text. In: the text. Out: call nodes.
 * Names that other libraries use too are looked for only beside a telling receiver, or where the file imports a driver;
 * most files have none of all these and are left after one look.
 */
export type Site = TSESTree.CallExpression | TSESTree.NewExpression;

const oneOf = (names: readonly string[]): string => `(?:${names.join('|').replaceAll('.', String.raw`\.`)})`;
const called = (names: readonly string[]): string => String.raw`${oneOf(names)}(?:\?\.|!)?\s*`;

const METHOD = String.raw`[.#]${called(ownTakings)}`;
const TELLING = String.raw`(?:[pP]ool|${receiverNames.join('|')})[!?)]{0,2}\.${called(commonTakings)}`;
const HELPER = String.raw`\bawait\s+(?:[\w$#]+[.?!]+)*(?:get|acquire|obtain|borrow|checkout|take|open|connect)\w*(?:[cC]onnection|[cC]lient|[cC]onn)\s*`;
const NAMED = String.raw`\b${called([...ownTakings, ...commonTakings, ...makerNames])}`;
const IMPORT = `['"]${oneOf(moduleNames)}['"]`;

/** A call by what stands before its parenthesis: looking for that first is five times as fast as looking for the names. */
const callAfter = (...before: readonly string[]): string => String.raw`[(<](?<=(?:${before.join('|')})[(<])`;

const GATE = new RegExp(`${callAfter(METHOD, TELLING, HELPER)}|${IMPORT}|${TRANSACTION}`, 'i');
const HAS_IMPORT = new RegExp(IMPORT);
const IMPORTS = new RegExp(IMPORT, 'g');
const SCANS = {
  plain: new RegExp(callAfter(METHOD, TELLING, HELPER), 'g'),
  withDriver: new RegExp(callAfter(HELPER, NAMED), 'g'),
};

/** One quick look at the text. */
export function mayHold(text: string, { acquire = [] }: PoolSettings): boolean {
  return GATE.test(text) || acquire.some((name) => text.includes(name));
}

/** The drivers' modules that are named in the text. */
export function importedModules(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(IMPORTS), ([match]) => match.slice(1, -1)));
}

/** The calls whose name stands in the text, in source order. */
export function candidateCalls(sourceCode: Readonly<TSESLint.SourceCode>, settings: PoolSettings): Set<Site> {
  const calls = new Set<Site>();
  const { text } = sourceCode;
  const scan = scanFor(text, settings);
  scan.lastIndex = 0;
  for (let match = scan.exec(text); match; match = scan.exec(text)) {
    const call = callNamedAt(nodeAt(sourceCode, endOfName(text, match.index)));
    if (call) calls.add(call);
  }
  return calls;
}

/** Where the name before a call's parenthesis ends: `connect ?.(`. */
function endOfName(text: string, parenthesis: number): number {
  let index = parenthesis - 1;
  while (index > 0 && /[\s?.!]/.test(text.charAt(index))) index--;
  return index;
}

function scanFor(text: string, { acquire = [] }: PoolSettings): RegExp {
  const scan = HAS_IMPORT.test(text) ? SCANS.withDriver : SCANS.plain;
  if (acquire.length === 0) return scan;
  const own = acquire.map((name) => name.replace(/[^\w]/g, String.raw`\$&`)).join('|');
  return new RegExp(`${scan.source}|${callAfter(String.raw`\b(?:${own})\s*`)}`, 'g');
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
