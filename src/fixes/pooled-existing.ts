import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { collectNames, isOfModule } from './module-level-reads.ts';
import { meansTheSame } from './own-names.ts';
import type { PooledClient } from './pooled-life.ts';
import { isMakerOf } from './pooled-export.ts';
import { isSamePool } from './pooled-options.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

interface Existing {
  readonly name: string;
  /** For a pool that is built where it is first used: `new Pool(…)` with the maker's name. */
  readonly ensure: ((maker: string) => string) | undefined;
}

/** A pool of the module for the same database: `const pool = new Pool(…)`, or `let pool` with `pool ??= new Pool(…)`. */
export function findExisting(sourceCode: SourceCode, client: PooledClient, given: string): Existing | undefined {
  if (!isOfAll(sourceCode, client)) return undefined;
  const variables = [sourceCode.scopeManager?.globalScope, sourceCode.scopeManager?.globalScope?.childScopes[0]]
    .filter((scope) => scope?.block.type === 'Program')
    .flatMap((scope) => scope?.variables ?? []);
  for (const variable of variables) {
    const [name] = variable.identifiers;
    const writes = variable.references.filter((one) => one.isWrite());
    const made = writes.map((one) => makingOf(one));
    if (!name || name.type !== 'Identifier' || made.length === 0) continue;
    if (!made.every((one) => one && isFor(sourceCode, client, one, given))) continue;
    if (!meansTheSame(sourceCode, name, client.creation.site)) continue;
    const isLate = writes.some((one) => !one.init);
    if (isLate && writes.some((one) => one.init)) continue;
    const keyword = client.pooled.new ? 'new ' : '';
    return { name: name.name, ensure: isLate ? (maker) => `${keyword}${maker}(${given})` : undefined };
  }
  return undefined;
}

/** The same words mean the same in another function. */
function isOfAll(sourceCode: SourceCode, { creation }: PooledClient): boolean {
  const names = creation.site.arguments.flatMap((one) => collectNames(sourceCode, one));
  const variables = names.map((one) => findVariable(sourceCode, one));
  return variables.every((one) => !one || one.defs.length === 0 || isOfModule(one));
}

/** The call that builds what is written: as a declaration of the module, or by `??=`. */
function makingOf({ init, identifier, writeExpr }: TSESLint.Scope.Reference): TSESTree.Node | undefined {
  const { parent } = identifier as TSESTree.Node;
  const isLazy = parent?.type === 'AssignmentExpression' && parent.operator === '??=';
  return writeExpr && (init || isLazy) ? unwrap(writeExpr as TSESTree.Node) : undefined;
}

function isFor(
  sourceCode: SourceCode,
  { creation, pooled }: PooledClient,
  node: TSESTree.Node,
  given: string,
): boolean {
  if (node.type !== (pooled.new ? 'NewExpression' : 'CallExpression')) return false;
  const call = node as TSESTree.CallExpression | TSESTree.NewExpression;
  return (
    isMakerOf(sourceCode, call.callee, creation.driver, pooled.maker) && isSamePool(sourceCode, call.arguments, given)
  );
}
