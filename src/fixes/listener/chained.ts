import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { quoted } from '../text/quote.ts';

/**
 * The calls behind `new Pool(…)` without which a connection that breaks would end the process: one that listens to the
 * idle ones and, where some are taken, one that listens to each.
 */
export function listeners(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { crashes }: Pick<Creation['owns'], 'crashes'>,
  isTaken: boolean,
): string[] {
  if (!crashes) return [];
  const error = `.on(${quoted(sourceCode, 'error')}, console.error)`;
  const each = `.on(${quoted(sourceCode, 'connect')}, (each) => each${error})`;
  return isTaken && crashes.held !== undefined ? [error, each] : [error];
}

/** The lines of `new Pool(…).on(…)`: several calls have lines of their own. */
export function chained(making: string, calls: readonly string[]): string[] {
  return calls.length > 1 ? [making, ...calls.map((one) => `>${one}`)] : [`${making}${calls.join('')}`];
}
