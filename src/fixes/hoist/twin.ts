import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { findVariable } from '../../ast/variables.ts';
import { withoutListeners } from '../code/listening.ts';
import { isOfModule, namesModuleOnly, topStatementOf, variablesOfModule } from '../module-level/reads.ts';
import { valueOf } from '../module-level/value.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** A variable of the module that holds what another place would build with the same words. */
export interface Twin {
  readonly variable: Variable;
  /** What stands on the right of its `??=`; none for a `const`. */
  readonly made: string | undefined;
}

export function findTwin(sourceCode: SourceCode, { site }: Creation): Twin | undefined {
  if (!namesModuleOnly(sourceCode, site)) return undefined;
  for (const variable of variablesOfModule(sourceCode)) {
    const twin = twinOf(sourceCode, variable, site);
    if (twin) return twin;
  }
  return undefined;
}

function twinOf(sourceCode: SourceCode, variable: Variable, site: TSESTree.Node): Twin | undefined {
  const [definition, ...more] = variable.defs;
  if (definition?.node.type !== 'VariableDeclarator' || more.length > 0) return undefined;
  const writes = variable.references.filter((one) => one.isWrite());
  const values = writes.map((one) => valueOf(one));
  const [first] = values;
  if (!first || !values.every((one) => one && isSame(sourceCode, withoutListeners(maker(sourceCode, one)), site)))
    return undefined;
  const isLate = writes.every((one) => !one.init);
  const isAbove = definition.node.range[1] < topStatementOf(site).range[0];
  if (!isAbove || (!isLate && definition.node.parent.kind !== 'const')) return undefined;
  return { variable, made: isLate ? sourceCode.getText(first) : undefined };
}

/** What the function of the module `makePool` builds. */
function maker(sourceCode: SourceCode, value: TSESTree.Node): TSESTree.Node {
  const isCall = value.type === 'CallExpression' && value.callee.type === 'Identifier' && value.arguments.length === 0;
  const variable = isCall ? findVariable(sourceCode, value.callee as TSESTree.Identifier) : undefined;
  const node = variable && isOfModule(variable) ? variable.defs[0]?.node : undefined;
  const init = node?.type === 'VariableDeclarator' ? node.init : undefined;
  return init?.type === 'ArrowFunctionExpression' && init.params.length === 0 ? init.body : value;
}

function isSame(sourceCode: SourceCode, one: TSESTree.Node, other: TSESTree.Node): boolean {
  const words = (node: TSESTree.Node): string =>
    sourceCode
      .getTokens(node)
      .map(({ value }) => value)
      .join(' ');
  return one === other || words(one).replaceAll(', }', ' }') === words(other).replaceAll(', }', ' }');
}
