import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../ast/functions.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { collect } from '../../ast/walk.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** The code, and the functions of this file to which it hands something: what it shares may be used there as well. */
export function collectReached(sourceCode: SourceCode, start: TSESTree.Node): ReadonlySet<TSESTree.Node> {
  const found = new Set([start]);
  for (const one of found) {
    const calls = collect(sourceCode, one, isGiving) as Call[];
    for (const target of calls.flatMap((call) => targetsOf(sourceCode, call))) found.add(target);
  }
  return found;
}

function isGiving(node: TSESTree.Node): boolean {
  return (node.type === 'CallExpression' || node.type === 'NewExpression') && node.arguments.length > 0;
}

/** What a call may run: by its name, or, as we know no types, each method of that name. */
function targetsOf(sourceCode: SourceCode, { callee }: Call): TSESTree.Node[] {
  const called = unwrap(callee);
  if (called.type === 'Identifier') return (findVariable(sourceCode, called)?.defs ?? []).flatMap(codeOf);
  const name = called.type === 'MemberExpression' ? propertyName(called) : undefined;
  if (name === undefined || !sourceCode.text.includes(name)) return [];
  return collect(sourceCode, sourceCode.ast, (node) => isMethod(node, name));
}

function codeOf({ node }: TSESLint.Scope.Definition): TSESTree.Node[] {
  if (node.type === 'VariableDeclarator') return node.init ? [node.init] : [];
  return isFunction(node) || node.type === 'ClassDeclaration' ? [node] : [];
}

function isMethod(node: TSESTree.Node, name: string): boolean {
  if (node.type !== 'MethodDefinition' && node.type !== 'Property' && node.type !== 'PropertyDefinition') return false;
  return isFunction(node.value) && keyName(node) === name;
}
