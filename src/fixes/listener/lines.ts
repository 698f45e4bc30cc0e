import type { TSESLint } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { quoted } from '../text/quote.ts';
import type { Style } from '../text/style.ts';

/** `pool.on('error', (error) => { … });`, or the same for each connection that `pool` makes. */
export function listenerLines(
  sourceCode: Readonly<TSESLint.SourceCode>,
  emitter: string,
  whose: Creation['unheard'][number],
  { ends }: Style,
): string[] {
  const listen = (to: string): string => `${to}.on(${quoted(sourceCode, 'error')}, (error) => {`;
  if (whose === 'built') return [listen(emitter), `>console.error(error)${ends}`, `})${ends}`];
  // It stays with the connection for as long as that lives, in use or not.
  return [
    `${emitter}.on(${quoted(sourceCode, 'connect')}, (client) => {`,
    `>${listen('client')}`,
    `>>console.error(error)${ends}`,
    `>})${ends}`,
    `})${ends}`,
  ];
}
