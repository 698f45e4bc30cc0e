import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { isInside } from '../../ast/inside.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { readsOf } from '../../ast/variables.ts';
import { exportOf } from './export.ts';
import type { Export } from './export.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What made the value that goes. */
export interface OwnMaker {
  readonly export: Export;
  /** The name that was imported: `Client`, or `pg` of `pg.Client`. */
  readonly module: TSESTree.Node;
  readonly isMember: boolean;
  /** Nothing that stays uses it. */
  readonly isFree: boolean;
}

/** Undefined where its import is not plain. `gone`: what the repair takes away. */
export function ownMaker(
  sourceCode: SourceCode,
  { driver, site }: Creation,
  gone: readonly TSESTree.Node[],
): OwnMaker | undefined {
  const callee = unwrap(site.callee);
  const isMember = callee.type === 'MemberExpression';
  const module = isMember ? unwrap(callee.object) : callee;
  const own = exportOf(sourceCode, module, driver);
  if (!own || isMember !== (own.name === '*')) return undefined;
  const isFree = readsOf(own.variable).every((one) => isOf(one, gone, module));
  return { export: own, module, isMember, isFree };
}

/** It stands in what the repair takes away: the call itself, and the type of its variable. */
function isOf(name: TSESTree.Node, gone: readonly TSESTree.Node[], module: TSESTree.Node): boolean {
  if (name === module) return true;
  return gone.some((one) => isInside(name, one)) && /^TS/.test(name.parent?.type ?? '');
}
