import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { statementAround } from '../../ast/statement-around.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { insert } from '../text/edit.ts';
import { listenerLines } from './lines.ts';
import { nameOf, targetOf } from './target.ts';
import { endWithComments, endsLine, marginAt, startsLine } from '../text/lines.ts';
import type { Repair } from '../repair.ts';
import { lines, styleAt } from '../text/style.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/**
 * Listens to errors: behind the statement that builds it, or at once, `new Pool().on(…)`, where it is a part of another
 * expression. Always a suggestion: what to do with them is the user's.
 */
export function repairWithListener(
  { filename, sourceCode }: Context,
  creation: Creation,
  whose: Creation['unheard'][number],
): Repair | undefined {
  const { owns, site } = creation;
  const member = owns.crashes?.on;
  const target = targetOf(site);
  const isOnLines = target && startsLine(sourceCode, target.statement) && endsLine(sourceCode, target.statement);
  const isChained = !isOnLines && member === undefined && wrapped(site).parent?.type !== 'AwaitExpression';
  if (!isOnLines && !isChained) return undefined;
  const style = styleAt(sourceCode, statementAround(site), filename);
  const emitter = isOnLines ? nameOf(sourceCode, target.name) + (member === undefined ? '' : `.${member}`) : '';
  const texts = listenerLines(sourceCode, emitter, whose, style);
  if (isOnLines) {
    const edits = [insert(endWithComments(sourceCode, target.statement), style.eol + lines(style, texts))];
    return { kind: 'suggest', messageId: 'addErrorListener', edits };
  }
  const here = { ...style, margin: marginAt(sourceCode, site.range[1]) };
  const chained = lines(here, texts).slice(here.margin.length);
  const edits = [insert(site.range[1], chained.slice(0, chained.length - style.ends.length))];
  return { kind: 'suggest', messageId: 'addErrorListener', edits };
}
