import type { TSESLint } from '@typescript-eslint/utils';
import type { Edit } from '../text/edit.ts';
import type { PooledClient } from './life.ts';
import { chained } from '../listener/chained.ts';
import { variablesOfModule } from '../module-level/reads.ts';
import { hear } from './making.ts';
import { isOfAll, makingsOf } from './makings.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

interface Existing {
  readonly name: string;
  /** For a pool that is built where it is first used: the lines of `pool ??= new Pool(…)`, with the maker's name. */
  readonly ensure: ((maker: string) => string[]) | undefined;
  readonly edits: readonly Edit[];
}

/** A pool of the module for the same database: `const pool = new Pool(…)`, or `let pool` with `pool ??= new Pool(…)`. */
export function findExisting(
  sourceCode: SourceCode,
  client: PooledClient,
  given: string,
  isTaken: boolean,
): Existing | undefined {
  const { creation, pooled } = client;
  if (!creation.site.arguments.every((one) => isOfAll(sourceCode, one))) return undefined;
  for (const variable of variablesOfModule(sourceCode)) {
    const found = makingsOf(sourceCode, client, variable, given);
    if (!found) continue;
    const { texts, edits } = hear(sourceCode, client, found.makings, isTaken);
    const { name } = variable;
    const making = (maker: string): string => `${name} ??= ${pooled.new ? 'new ' : ''}${maker}(${given})`;
    return { name, ensure: found.isLate ? (maker) => chained(making(maker), texts) : undefined, edits };
  }
  return undefined;
}
