import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { isInside } from '../../ast/inside.ts';
import { declaredVariable, identifiersOf } from '../../ast/variables.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What a name may stand for: these expressions; `open`: or something that we do not see. */
export interface Sources {
  readonly nodes: readonly TSESTree.Node[];
  readonly open: boolean;
}

/** More callers than these make too many values to speak of. */
const MOST = 5;

/**
 * What the calls of a function give to one of its parameters. In: the function and the parameter as it is declared. Out: the
 * arguments; its own default where a call leaves it out. Functions that are exported or handed on may be called from
 * anywhere: then the default alone is known.
 */
export function argumentsFor(sourceCode: SourceCode, holder: TSESTree.Node, parameter: TSESTree.Node): Sources {
  const fallback = parameter.type === 'AssignmentPattern' ? [parameter.right] : [];
  const calls = callsOf(sourceCode, holder);
  if (!calls || calls.length === 0 || !isFunction(holder)) return { nodes: fallback, open: true };
  const index = holder.params.indexOf(parameter as TSESTree.Parameter);
  const nodes = new Set<TSESTree.Node>();
  let open = false;
  for (const { arguments: given } of calls) {
    const argument = given[index];
    const isSpread = given.some((one, at) => at <= index && one.type === 'SpreadElement');
    if (isSpread || (!argument && fallback.length === 0)) open = true;
    else for (const one of argument ? [argument] : fallback) nodes.add(one);
  }
  return nodes.size > MOST ? { nodes: [], open: true } : { nodes: [...nodes], open };
}

/** All calls of a function of this file; undefined where others may call it, or it calls itself. */
export function callsOf(sourceCode: SourceCode, holder: TSESTree.Node): readonly TSESTree.CallExpression[] | undefined {
  const name = nameOf(holder);
  const variable = name && declaredVariable(sourceCode, name);
  if (!variable) return undefined;
  const uses = identifiersOf(variable).filter((one) => one !== name);
  const calls = uses.flatMap(({ parent }, index) =>
    parent.type === 'CallExpression' && parent.callee === uses[index] ? [parent] : [],
  );
  return calls.length === uses.length && !calls.some((one) => isInside(one, holder)) ? calls : undefined;
}

/** The name that only this file knows. */
function nameOf(holder: TSESTree.Node): TSESTree.Identifier | undefined {
  const { parent } = holder;
  if (holder.type === 'FunctionDeclaration')
    return /^Export/.test(parent?.type ?? '') ? undefined : (holder.id ?? undefined);
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return undefined;
  return parent.parent.parent.type === 'ExportNamedDeclaration' ? undefined : parent.id;
}
