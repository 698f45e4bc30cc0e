import type { TSESLint } from '@typescript-eslint/utils';
import { dropMaker, writeMaker } from '../imports/maker.ts';
import type { PoolInScope } from './in-scope.ts';
import { dependenceOf } from '../module-level/dependence.ts';
import { argumentsFor } from './arguments.ts';
import type { PooledClient } from './life.ts';
import { findExisting } from './existing.ts';
import { newPool } from './new.ts';
import { importShared } from '../named-pool/import.ts';
import type { SharedPool } from '../named-pool/import.ts';
import { inPlaceOf } from '../imports/in-place.ts';
import { goneWith } from './life.ts';

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
  const imported = shared && importShared(context, client.creation.site, shared);
  if (imported) {
    const rest = dropMaker(sourceCode, client.creation, goneWith(client));
    return rest && { ...imported, ensure: [], edits: inPlaceOf(imported.edits, rest) };
  }
  const given = argumentsFor(sourceCode, client);
  if (!given) return undefined;
  const existing = findExisting(sourceCode, client, given.text, isTaken);
  if (existing === undefined) return newPool(context, client, isTaken);
  const { name, ensure, edits } = existing;
  const { creation, pooled } = client;
  const { isSure } = given;
  const gone = goneWith(client);
  if (!ensure) {
    const rest = dropMaker(sourceCode, creation, gone);
    return rest && { name, ensure: [], isSure, edits: [...edits, ...rest] };
  }
  const maker = writeMaker(sourceCode, creation, pooled.maker, gone);
  return maker && { name, ensure: ensure(maker.text), isSure, edits: [...edits, ...maker.edits] };
}
