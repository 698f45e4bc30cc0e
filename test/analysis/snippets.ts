import * as parser from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import { describe, expect, it } from 'vitest';
import { fileFacts } from '../../src/analysis/index.ts';
import type { FileFacts, Verdict } from '../../src/analysis/index.ts';
import type { PoolSettings } from '../../src/settings.ts';

/**
 * Tests of the analysis by itself. A snippet carries what is expected of it in comments at the ends of its lines:
 * `//! taken` where a connection is handed out (`taken, likely` when only its use says so), and the reason at the
 * witness of each finding: `never throw exit path overwritten` of a leak (the first of each kind; `unlikely throw` where
 * that is possible and seldom real), `second` for a second release, `late` for a use after the release, `unawaited` for a return that nobody awaits, `BEGIN`, `COMMIT`
 * or `ROLLBACK` for a transaction through a pool. Several connections are told apart by their names: `a: throw`.
 *
 * Of what a file builds (`of: 'creations'`): `built` where a pool or a connection is built, with the reason why it is
 * built again and again (`built: slot`; `built: slot, likely` when that is not certain). Of the errors that nobody
 * hears (`of: 'listeners'`): `built` as before, `unheard: built` and `unheard: held`.
 */

export interface Situation {
  /** Lines around each snippet, `…` where it stands. */
  readonly frame?: string;
  readonly filename?: string;
  /** Where the file is; the project when left out. */
  readonly cwd?: string;
  /** What the labels speak of. */
  readonly of?: 'checkouts' | 'creations' | 'listeners';
  readonly settings?: PoolSettings;
  readonly parserOptions?: parser.ParserOptions;
}

/** A snippet that the analysis gets wrong, with what is wrong. Its test fails as soon as it gets it right. */
export interface Wrong {
  readonly fails: string;
  readonly snippet: string;
}

export const fails = (reason: string, snippet: string): Wrong => ({ fails: reason, snippet });

const LABEL = /[ ]*\/\/! [^\n]*/g;

export function testSnippets(
  title: string,
  situation: Situation,
  snippets: Readonly<Record<string, Wrong | string>>,
): void {
  describe(title, () => {
    for (const [name, entry] of Object.entries(snippets)) {
      if (typeof entry === 'string') it(name, () => expectLabels(situation, entry));
      else it(`${name} (wrong: ${entry.fails})`, () => expectWrong(situation, entry));
    }
  });
}

function expectLabels(situation: Situation, snippet: string): void {
  const expected = framed(situation, snippet);
  expect(labelled(expected.replace(LABEL, ''), situation)).toBe(expected);
}

function expectWrong(situation: Situation, { snippet }: Wrong): void {
  const expected = framed(situation, snippet);
  const actual = labelled(expected.replace(LABEL, ''), situation);
  expect(actual, 'The analysis gets this right now: take the mark off.').not.toBe(expected);
}

function framed({ frame = '…' }: Situation, snippet: string): string {
  return frame.replace('…', () => dedent(snippet));
}

function dedent(text: string): string {
  const lines = text.replace(/^\n|\n *$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n');
}

/** The code with what the analysis says about it, as labels. */
function labelled(code: string, situation: Situation): string {
  const labels = LABELS[situation.of ?? 'checkouts'](factsOf(code, situation));
  const lines = code.split('\n').map((line, index) => {
    const found = labels.get(index + 1);
    return found ? `${line} //! ${found.join(', ')}` : line;
  });
  return lines.join('\n');
}

/** What `fileFacts` says of the code. */
export function factsOf(
  code: string,
  { cwd, filename = 'src/file.ts', settings = {}, parserOptions = {} }: Situation = {},
): FileFacts {
  let facts: FileFacts | undefined;
  const probe: Rule.RuleModule = {
    create: (context) => ({
      Program() {
        facts = fileFacts(context as unknown as Parameters<typeof fileFacts>[0]);
      },
    }),
  };
  const plugins = { probe: { rules: { facts: probe } } };
  const languageOptions = { parser, parserOptions };
  const config: Linter.Config = {
    files: ['**'],
    plugins,
    languageOptions,
    rules: { 'probe/facts': 'error' },
    settings: { pool: settings },
  };
  const messages = new Linter({ configType: 'flat', cwd }).verify(code, [config], { filename });
  if (!facts)
    throw new Error(`No facts: ${messages.map(({ line, message }) => `${line}: ${message}`).join('; ')}\n${code}`);
  return facts;
}

type Labels = Map<number, string[]>;

const LABELS = { checkouts: labelsOfCheckouts, creations: labelsOfCreations, listeners: labelsOfListeners };

const putInto =
  (labels: Labels) =>
  ({ loc }: TSESTree.Node, text: string): void => {
    labels.set(loc.start.line, [...(labels.get(loc.start.line) ?? []), text]);
  };

function labelsOfCreations({ creations }: FileFacts): Labels {
  const labels: Labels = new Map();
  const put = putInto(labels);
  for (const { site, repeats } of creations) {
    put(site, repeats ? `built: ${repeats.reason}${repeats.certainty === 'likely' ? ', likely' : ''}` : 'built');
  }
  return labels;
}

function labelsOfListeners({ creations }: FileFacts): Labels {
  const labels: Labels = new Map();
  const put = putInto(labels);
  for (const { site, unheard } of creations) {
    put(site, unheard.length > 0 ? unheard.map((whose) => `unheard: ${whose}`).join(', ') : 'built');
  }
  return labels;
}

function labelsOfCheckouts({ verdicts, poolTransactions }: FileFacts): Labels {
  const labels: Labels = new Map();
  const put = putInto(labels);
  for (const verdict of verdicts) {
    const prefix = verdicts.length > 1 ? `${verdict.checkout.name}: ` : '';
    const { site, certainty } = verdict.checkout;
    put(site, `${prefix}taken${certainty === 'likely' ? `, ${prefix}likely` : ''}`);
    for (const [node, text] of findingsOf(verdict)) put(node, prefix + text);
  }
  for (const { call, keyword } of poolTransactions) put(call, keyword);
  return labels;
}

function findingsOf({ leaks, secondReleases, lateUses, unawaitedReturns }: Verdict): [TSESTree.Node, string][] {
  const kinds = new Map<string, TSESTree.Node>();
  const likely = leaks.filter((one) => !one.unlikely);
  for (const { reason, witness, unlikely } of likely.length > 0 ? likely : leaks) {
    const kind = unlikely ? `unlikely ${reason}` : reason;
    if (!kinds.has(kind)) kinds.set(kind, witness);
  }
  return [
    ...[...kinds].map(([kind, witness]): [TSESTree.Node, string] => [witness, kind]),
    ...secondReleases.map((node): [TSESTree.Node, string] => [node, 'second']),
    ...lateUses.map((node): [TSESTree.Node, string] => [node, 'late']),
    ...unawaitedReturns.map((node): [TSESTree.Node, string] => [node, 'unawaited']),
  ];
}
