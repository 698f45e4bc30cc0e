import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { holderOf } from '../../ast/functions.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { collect } from '../../ast/walk.ts';
import { writtenType } from './written-type.ts';
import { collectNames, isOfModule } from './reads.ts';
import { isInside } from '../../ast/inside.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

export interface Parameter {
  readonly name: string;
  readonly type: string;
}

/**
 * What a function of the module needs to build it: the locals that the expression names. Undefined where the type of one
 * is not written, or where tests in the code around say more than a declaration does: `if (!process.env.URL) throw …`.
 */
export function makerParameters(sourceCode: SourceCode, { site }: Creation): Parameter[] | undefined {
  const names = site.arguments.flatMap((one) => collectNames(sourceCode, one));
  const variables = new Set(names.map((one) => findVariable(sourceCode, one)));
  const parameters: Parameter[] = [];
  for (const variable of variables) {
    if (!variable || variable.defs.length === 0 || isInside(variable.scope.block, site)) continue;
    const type = isOfModule(variable) ? '' : writtenType(variable);
    if (type === undefined || (type === '' && isTested(variable, site))) return undefined;
    if (type !== '') parameters.push({ name: variable.name, type });
  }
  return areMembersTested(sourceCode, site) ? undefined : parameters;
}

/** Only where it is handed on as it is, nothing is learnt about it. */
function isTested({ references }: Variable, site: TSESTree.Node): boolean {
  return references.some(({ identifier, init }) => {
    const node = identifier as TSESTree.Node;
    return (
      !init && !isInside(node, site) && !/^(?:NewExpression|Property|SpreadElement)$/.test(node.parent?.type ?? '')
    );
  });
}

function areMembersTested(sourceCode: SourceCode, site: TSESTree.Node): boolean {
  const members = collect(sourceCode, site, (node) => node.type === 'MemberExpression' && !isAsserted(node));
  const texts = new Set(members.map((one) => sourceCode.getText(one)).filter((one) => one !== 'process.env'));
  const isSame = (node: TSESTree.Node): boolean =>
    node.type === 'MemberExpression' && !isInside(node, site) && texts.has(sourceCode.getText(node));
  return collect(sourceCode, holderOf(site), isSame).length > 0;
}

function isAsserted(node: TSESTree.Node): boolean {
  return node.parent?.type === 'TSNonNullExpression' || unwrap(node) !== node;
}
