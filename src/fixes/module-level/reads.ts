import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { findVariable } from '../../ast/variables.ts';
import { collect } from '../../ast/walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Variable = TSESLint.Scope.Variable;

/** The statement of the module in which the node stands. */
export function topStatementOf(node: TSESTree.Node): TSESTree.Node {
  let at = node;
  while (at.parent && at.parent.type !== 'Program') at = at.parent;
  return at;
}

/** Names that are read: not those of properties, keys and labels. */
export function collectNames(sourceCode: SourceCode, root: TSESTree.Node): TSESTree.Identifier[] {
  const found = collect(sourceCode, root, (node) => node.type === 'Identifier' && !isWord(node));
  return found as TSESTree.Identifier[];
}

function isWord(name: TSESTree.Identifier): boolean {
  const { parent } = name;
  if (parent.type === 'MemberExpression') return parent.property === name && !parent.computed;
  if (parent.type === 'TSQualifiedName') return parent.right === name;
  if (parent.type === 'Property') return parent.key === name && !parent.computed && !parent.shorthand;
  if (/^(?:MethodDefinition|PropertyDefinition|TSPropertySignature|TSMethodSignature)$/.test(parent.type))
    return (parent as TSESTree.MethodDefinition).key === name && !(parent as TSESTree.MethodDefinition).computed;
  return /^(?:Break|Continue|Labeled)Statement$/.test(parent.type) && name !== (parent as { body?: unknown }).body;
}

export function isOfModule({ scope }: Variable): boolean {
  return scope.block.type === 'Program';
}

/** The expression would mean the same at module level. */
export function namesModuleOnly(sourceCode: SourceCode, site: TSESTree.Node): boolean {
  const variables = collectNames(sourceCode, site).map((one) => findVariable(sourceCode, one));
  return variables.every((one) => !one || one.defs.length === 0 || isOfModule(one));
}

/** The variables that module code declares. */
export function variablesOfModule({ scopeManager }: SourceCode): Variable[] {
  const scopes = scopeManager?.scopes.filter(({ block }) => block.type === 'Program') ?? [];
  return scopes.flatMap(({ variables }) => variables);
}

/** The index of the last module statement that declares what `reads` name; imports and functions count from the start. */
export function lastStatementRead(sourceCode: SourceCode, reads: readonly TSESTree.Node[]): number {
  const { body } = sourceCode.ast;
  const names = reads.flatMap((one) => collectNames(sourceCode, one));
  const variables = names.map((name) => findVariable(sourceCode, name)).filter((one) => one && isOfModule(one));
  const definitions = variables.flatMap((one) => one?.defs ?? []);
  const waiting = definitions.filter(({ type }) => !/^(?:FunctionName|ImportBinding|Type)$/.test(type));
  const indexes = waiting.map(({ node }) => body.indexOf(topStatementOf(node) as TSESTree.ProgramStatement));
  return Math.max(-1, ...indexes);
}
