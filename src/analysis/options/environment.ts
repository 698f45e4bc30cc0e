import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { originOf } from '../imports.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Whether an expression is the environment: `process.env`, `import.meta.env`, a name for it. What is called `env` in the
 * user's own modules may hold anything.
 */
export function isEnvironment(sourceCode: SourceCode, expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type === 'MemberExpression') {
    if (propertyName(node) !== 'env') return false;
    const object = unwrap(node.object);
    return object.type === 'MetaProperty' || (object.type === 'Identifier' && /^(?:process|Bun)$/.test(object.name));
  }
  return node.type === 'Identifier' && isNameOfIt(sourceCode, node);
}

function isNameOfIt(sourceCode: SourceCode, node: TSESTree.Identifier): boolean {
  const variable = findVariable(sourceCode, node);
  const origin = variable && originOf(variable);
  if (origin) return origin.name === 'env' && /^(?:node:)?process$/.test(origin.module);
  const declarator = variable?.defs[0]?.node;
  if (declarator?.type !== 'VariableDeclarator' || !declarator.init) return false;
  const isSame = declarator.id.type === 'Identifier' && declarator.parent.kind === 'const';
  const init = unwrap(declarator.init);
  return isSame && init.type === 'MemberExpression' && isEnvironment(sourceCode, init);
}
