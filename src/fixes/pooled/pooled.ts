import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import type { Edit } from '../text/edit.ts';
import { findClient, isTypedApart } from './life.ts';
import type { PooledClient } from './life.ts';
import type { PoolInScope } from './in-scope.ts';
import { withoutGaps } from '../text/gaps.ts';
import { keepFrame } from './kept.ts';
import { findOnly, useOnce } from './one.ts';
import { takesAnother } from './others.ts';
import { findPool } from './pool.ts';
import { readCall } from './session.ts';
import type { SharedPool } from '../named-pool/import.ts';
import { wrapSpan } from './span.ts';
import { builtEdits, takingText } from './text.ts';
import type { Repair } from '../repair.ts';
import { styleAt } from '../text/style.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/**
 * A connection of its own becomes one of a pool: of the settings' pool, of one that the file has, or of a new one. With
 * one statement the pool runs it; with several a connection is taken, and given back in `finally`.
 */
export function repairAsCheckout(
  context: Context,
  creation: Creation,
  sharedPool: SharedPool | undefined,
): Repair | undefined {
  const { sourceCode } = context;
  const client = creation.owns.pooled ? findClient(sourceCode, creation) : undefined;
  const readings = client?.calls.map((call) => readCall(sourceCode, call)) ?? [];
  if (!client || readings.length === 0 || readings.includes('lasting')) return undefined;
  const only = findOnly(sourceCode, client);
  const pool = findPool(context, client, sharedPool, only === undefined);
  const edits = pool && editsOf(context, client, pool, only);
  if (!edits) return undefined;
  const isSure = pool.isSure && !readings.includes('unknown') && isRepeated(creation);
  return {
    kind: isSure ? 'fix' : 'suggest',
    messageId: 'usePool',
    edits: withoutGaps(sourceCode, [...pool.edits, ...edits]),
  };
}

function editsOf(
  { sourceCode, filename }: Context,
  client: PooledClient,
  pool: PoolInScope,
  only: TSESTree.CallExpression | undefined,
): Edit[] | undefined {
  const style = styleAt(sourceCode, client.start, filename);
  const ensure = pool.ensure.map((one, index, all) => (index === all.length - 1 ? one + style.ends : one));
  if (only) {
    const used = useOnce(sourceCode, client, only, pool.name, style);
    return used && [...builtEdits(sourceCode, client, ensure, style), ...used];
  }
  if (takesAnother(sourceCode, client, pool.name)) return undefined;
  const taking = { ensure, taking: `${takingText(client, pool.name)}${style.ends}` };
  const outer = styleAt(sourceCode, client.built.statement, filename);
  const kept = isTypedApart(client) ? undefined : keepFrame(sourceCode, client, taking, outer);
  return kept ?? wrapSpan(sourceCode, client, taking, style);
}

function isRepeated({ repeats }: Creation): boolean {
  return repeats !== undefined && (repeats.certainty === 'proven' || /^(?:called|slot)$/.test(repeats.reason));
}
