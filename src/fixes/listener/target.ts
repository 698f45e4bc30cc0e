import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../ast/unwrap.ts';
import { placeOf } from '../../ast/places.ts';

interface Target {
  readonly name: TSESTree.Node;
  readonly statement: TSESTree.Node;
}

/** `const pool = new Pool();`, `pool = await createPool();`, `this.pool = new Pool();` as a statement of a list. */
export function targetOf(site: TSESTree.Node): Target | undefined {
  const inner = wrapped(site);
  const value = inner.parent?.type === 'AwaitExpression' ? wrapped(inner.parent) : inner;
  const { parent } = value;
  if (parent?.type === 'VariableDeclarator') return declared(parent, value);
  if (parent?.type !== 'AssignmentExpression' || parent.operator !== '=' || parent.right !== value) return undefined;
  const isWritten = parent.left.type === 'Identifier' || isField(parent.left);
  const isStatement = parent.parent.type === 'ExpressionStatement' && placeOf(parent.parent);
  return isWritten && isStatement ? { name: parent.left, statement: parent.parent } : undefined;
}

function declared({ id, init, parent }: TSESTree.VariableDeclarator, value: TSESTree.Node): Target | undefined {
  const statement = parent.parent.type === 'ExportNamedDeclaration' ? parent.parent : parent;
  const isWhole = init === value && parent.declarations.length === 1 && placeOf(statement);
  return isWhole && id.type === 'Identifier' ? { name: id, statement } : undefined;
}

/** `this.pool`, `this.#pool`: what stands there is read again without effects. */
function isField(node: TSESTree.Node): boolean {
  return node.type === 'MemberExpression' && !node.computed && node.object.type === 'ThisExpression';
}

/** Without the type that a declared name carries. */
export function nameOf(sourceCode: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): string {
  return node.type === 'Identifier' ? node.name : sourceCode.getText(node);
}
