import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { holderOf } from '../ast/functions.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import { collectNames, isOfModule } from './module-level-reads.ts';
import { collect } from './walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * What is built may be built by a function of the module: it names nothing of the function around it, and nothing of
 * which a test there says more than the declaration (`if (!process.env.URL) throw …`).
 */
export function canBeFunction(sourceCode: SourceCode, { site }: Creation): boolean {
  const variables = collectNames(sourceCode, site).map((one) => findVariable(sourceCode, one));
  if (!variables.every((one) => !one || one.defs.length === 0 || isOfModule(one))) return false;
  const holder = holderOf(site);
  const members = collect(sourceCode, site, (node) => node.type === 'MemberExpression' && !isAsserted(node));
  const texts = new Set(members.map((one) => sourceCode.getText(one)));
  const isOutside = (node: TSESTree.Node): boolean => node.range[0] < site.range[0] || node.range[1] > site.range[1];
  return collect(sourceCode, holder, (node) => node.type === 'MemberExpression' && isOutside(node)).every(
    (one) => !texts.has(sourceCode.getText(one)) || /^process\.env$/.test(sourceCode.getText(one)),
  );
}

function isAsserted(node: TSESTree.Node): boolean {
  return node.parent?.type === 'TSNonNullExpression' || unwrap(node) !== node;
}
