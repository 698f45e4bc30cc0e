import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { statementAround } from '../../ast/statement-around.ts';
import { listenedTo } from '../code/listening.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import { pooledKind } from './lease.ts';
import type { PooledClient } from './life.ts';
import { chained, listeners } from '../listener/chained.ts';
import { valueOf } from '../module-level/value.ts';
import { lines, styleAt } from '../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `new Pool(…).on(…)` */
export interface Making {
  /** `new Pool(…)` itself. */
  readonly call: TSESTree.Node;
  /** All of it. */
  readonly whole: TSESTree.Node;
  /** What listens, in the order of the text. */
  readonly listening: readonly TSESTree.CallExpression[];
}

/** What builds the value that is written: in a declaration of the module, or by `??=`. */
export function makingOf(reference: TSESLint.Scope.Reference): Making | undefined {
  const whole = valueOf(reference);
  if (!whole) return undefined;
  const listening: TSESTree.CallExpression[] = [];
  let call = whole;
  for (let inner = listenedTo(call); inner; inner = listenedTo(call)) {
    listening.unshift(call as TSESTree.CallExpression);
    call = inner;
  }
  return { call, whole, listening };
}

/** Who listens to a pool of the file. What a repair wrote there hears taken connections as well, once some are taken. */
export function hear(
  sourceCode: SourceCode,
  { creation }: PooledClient,
  makings: readonly Making[],
  isTaken: boolean,
): { readonly texts: readonly string[]; readonly edits: readonly Edit[] } {
  const owns = pooledKind(creation)?.owns ?? {};
  const own = listeners(sourceCode, owns, false);
  const all = makings.map((one) => textsOf(sourceCode, one));
  const texts = listeners(sourceCode, owns, isTaken);
  const isOurs = all.every((one) => one.length > 0 && one.join() === own.join());
  if (!isOurs || texts.length === own.length) return { texts: all[0] ?? [], edits: [] };
  const edits = makings.map(({ call, whole }) => {
    const style = styleAt(sourceCode, statementAround(whole), '');
    return replace(call.range[1], whole.range[1], lines(style, chained('', texts)).slice(style.margin.length));
  });
  return { texts, edits };
}

/** `.on('error', console.error)` */
function textsOf({ text }: SourceCode, { call, listening }: Making): string[] {
  const starts = [call, ...listening].map(({ range }) => range[1]);
  return listening.map(({ range }, index) => text.slice(starts[index], range[1]).trim());
}
