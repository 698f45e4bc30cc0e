import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { insert } from '../../text/edit.ts';
import type { Edit } from '../../text/edit.ts';
import { marginAt, startsLine } from '../../text/lines.ts';
import { rethrows } from './own.ts';
import type { Rollback } from './plan.ts';
import { lines } from '../../text/style.ts';
import type { Style } from '../../text/style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What a ROLLBACK is followed by, so that its own failure neither hides the first error nor is forgotten. */
function handlerLines({ lease, broken }: Rollback, { ends, isTyped }: Style, rethrown: boolean): readonly string[] {
  if (broken === undefined) return ['.catch(() => {})'];
  const again = rethrown ? [`>throw rollbackError${ends}`] : [];
  if (lease.discard?.withError)
    return [
      `.catch((rollbackError${isTyped ? ': Error' : ''}) => {`,
      `>${broken} = rollbackError${ends}`,
      ...again,
      '})',
    ];
  return [`.catch((${rethrown ? 'rollbackError' : ''}) => {`, `>${broken} = true${ends}`, ...again, '})'];
}

/** `await client.query('ROLLBACK').catch(…);` as lines; each `>` is one step of indentation. */
function rollbackLines(rollback: Rollback, style: Style): string[] {
  const [head = '', ...rest] = handlerLines(rollback, style, false);
  const texts = [`await ${rollback.call ?? ''}${head}`, ...rest];
  return texts.map((text, index) => (index === texts.length - 1 ? `${text}${style.ends}` : text));
}

/** `let broken;` with what TypeScript needs to know of it. */
export function brokenLines(rollback: Rollback | undefined, { ends, isTyped }: Style): string[] {
  if (rollback?.broken === undefined) return [];
  if (!rollback.lease.discard?.withError) return [`let ${rollback.broken} = false${ends}`];
  return [`let ${rollback.broken}${isTyped ? ': Error | undefined' : ''}${ends}`];
}

/** The new `catch`, without its braces' end. */
export function catchLines(rollback: Rollback | undefined, style: Style): string[] {
  if (!rollback?.call || rollback.host) return [];
  return ['catch (error) {', ...rollbackLines(rollback, style).map((text) => `>${text}`), `>throw error${style.ends}`];
}

/** The ROLLBACK as the first statement of the code's own `catch`, or the changes of the ones that it has. */
export function ownCatchEdits(sourceCode: SourceCode, rollback: Rollback | undefined, style: Style): Edit[] {
  if (!rollback) return [];
  if (rollback.host) return [firstIn(sourceCode, rollback.host, rollbackLines(rollback, style), style)];
  return rollback.own.map((call) => {
    const margin = marginAt(sourceCode, call.range[0]);
    const texts = handlerLines(rollback, style, !rethrows(call));
    return insert(call.range[1], lines({ ...style, margin }, texts).trimStart());
  });
}

function firstIn(sourceCode: SourceCode, { body }: TSESTree.CatchClause, texts: readonly string[], style: Style): Edit {
  const at = body.range[0] + 1;
  const [first] = body.body;
  if (first && !startsLine(sourceCode, first))
    return insert(at, ` ${texts.map((text) => text.replace(/^>+/, '')).join(' ')}`);
  const margin = marginAt(sourceCode, body.range[0]);
  const text = style.eol + lines({ ...style, margin: margin + style.unit }, texts);
  return insert(at, body.range[1] - at > 1 ? text : text + style.eol + margin);
}
