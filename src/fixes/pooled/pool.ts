import type { TSESLint } from '@typescript-eslint/utils';
import type { Edit } from '../text/edit.ts';
import type { PoolInScope } from './in-scope.ts';
import { dependenceOf } from '../module-level/dependence.ts';
import { argumentsFor } from './arguments.ts';
import type { PooledClient } from './life.ts';
import { findExisting } from './existing.ts';
import { writeMaker } from '../driver-imports/maker.ts';
import { newPool } from './new.ts';
import { importShared } from '../shared-pool/import.ts';
import type { SharedPool } from '../shared-pool/import.ts';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** The pool of the settings, else one that the file has, else a new one. `isTaken`: a connection is taken from it. */
export function findPool(
  context: Context,
  client: PooledClient,
  shared: SharedPool | undefined,
  isTaken: boolean,
): PoolInScope | undefined {
  const { sourceCode } = context;
  // Another database for each request: no pool is the right one.
  if (client.creation.site.arguments.some((one) => dependenceOf(sourceCode, one) === 'bound')) return undefined;
  const imported = shared && importShared(context, client, shared);
  if (imported) {
    const rest = writeMaker(sourceCode, client, false);
    return rest && { ...imported, edits: inPlaceOf(imported.edits, rest.edits) };
  }
  const given = argumentsFor(sourceCode, client);
  if (!given) return undefined;
  const existing = findExisting(sourceCode, client, given.text, isTaken);
  if (existing === undefined) return newPool(context, client, isTaken);
  const rest = writeMaker(sourceCode, client, existing.ensure !== undefined);
  const { name, ensure, edits } = existing;
  return rest && { name, ensure: ensure?.(rest.text) ?? [], isSure: given.isSure, edits: [...edits, ...rest.edits] };
}

/** A new import takes the line of one that goes. */
export function inPlaceOf(added: readonly Edit[], removed: readonly Edit[]): readonly Edit[] {
  const at = added[0]?.range[0] ?? -1;
  const gone = removed.find(({ range }) => range[0] <= at && at < range[1]);
  if (!gone) return [...added, ...removed];
  const text = added.map((one) => one.text).join('');
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  return removed.map((one) => (one === gone ? { ...one, text: text.trim() + eol } : one));
}
