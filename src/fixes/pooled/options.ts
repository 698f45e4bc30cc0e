import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../ast/property-name.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Options of pools that say nothing about the database: sizes and times of pg-pool, mysql, mysql2 and mariadb. */
const OF_POOLS =
  /^(?:acquireTimeout|allowExitOnIdle|connectionLimit|connectionTimeoutMillis|enableKeepAlive|idleTimeout|idleTimeoutMillis|initializationTimeout|keepAlive|keepAliveInitialDelay|max|maxIdle|maxLifetimeSeconds|maxUses|min|minimumIdle|queueLimit|waitForConnections)$/;

/** A pool built with these arguments is one for `given`: the same text, but for options that only pools have. */
export function isSamePool(sourceCode: SourceCode, own: readonly TSESTree.Node[], given: string): boolean {
  const whole = own.map((one) => plain(sourceCode.getText(one))).join(',');
  if (whole === plain(given)) return true;
  const [only, ...more] = own;
  if (only?.type !== 'ObjectExpression' || more.length > 0) return false;
  const kept = only.properties.filter((one) => one.type !== 'Property' || !OF_POOLS.test(keyName(one) ?? ''));
  const texts = kept.map((one) => plain(sourceCode.getText(one))).join(',');
  return kept.length < only.properties.length && (texts === '' ? given === '' : `{${texts}}` === plain(given));
}

/** Without what only lays the text out, but for what stands in quotes. */
function plain(text: string): string {
  const bare = text.replace(/('[^']*'|"[^"]*"|`[^`]*`)|\s+/g, (_, quoted: string | undefined) => quoted ?? '');
  return bare.replace(/,(?=[}\])])/g, '').replaceAll('"', "'");
}
