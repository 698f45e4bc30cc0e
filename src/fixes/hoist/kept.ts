import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { isFunction } from '../../ast/functions.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { declaredVariable, identifiersOf } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * A value built inside an expression lives on in what that makes: `return drizzle(new Pool())`, or a variable through
 * which it is ended. Agents may: what holds them does not end them.
 */
export function isKeptElsewhere(sourceCode: SourceCode, { site, owns }: Creation): boolean {
  const holder = holderOfPart(site);
  if (!holder) return false;
  if (holder.type !== 'VariableDeclarator') return owns.keepsWith === undefined;
  const variable = holder.id.type === 'Identifier' ? declaredVariable(sourceCode, holder.id) : undefined;
  if (!variable) return true;
  return identifiersOf(variable).some((one) => isGivenOn(one, owns));
}

/** The `return` or the declaration that gets it; none where a method is called on what holds it, or it is awaited. */
function holderOfPart(site: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = wrapped(site); at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'AwaitExpression' || parent.type === 'ExpressionStatement') return undefined;
    if (parent.type === 'MemberExpression') return undefined;
    if (/^(?:ReturnStatement|AssignmentExpression|VariableDeclarator|YieldExpression)$/.test(parent.type))
      return parent;
    if (isFunction(parent) || /Statement$/.test(parent.type)) return parent;
  }
  return undefined;
}

function isGivenOn(name: TSESTree.Node, owns: Creation['owns']): boolean {
  let at = wrapped(name);
  while (at.parent?.type === 'MemberExpression' && at.parent.object === at) {
    const { property } = at.parent;
    if (
      property.type === 'Identifier' &&
      (owns.end.includes(property.name) || /^(?:destroy|close|end)$/.test(property.name))
    )
      return true;
    at = wrapped(at.parent);
  }
  const isWhole = at === wrapped(name);
  const { parent } = at;
  if (!isWhole || !parent || owns.keepsWith !== undefined) return false;
  return /^(?:ReturnStatement|AssignmentExpression|Property|ArrowFunctionExpression)$/.test(parent.type);
}
