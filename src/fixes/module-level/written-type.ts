import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';

/** The type of a local constant as far as its declaration shows it: `string` or `number`. */
export function writtenType({ defs, references }: TSESLint.Scope.Variable): string | undefined {
  const node = defs[0]?.node;
  const isConstant = references.every((one) => one.init || !one.isWrite());
  if (node?.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !isConstant) return undefined;
  const written = node.id.typeAnnotation?.typeAnnotation.type;
  if (written) return written === 'TSStringKeyword' ? 'string' : written === 'TSNumberKeyword' ? 'number' : undefined;
  return node.init ? typeOf(node.init) : undefined;
}

function typeOf(node: TSESTree.Node): string | undefined {
  switch (node.type) {
    case 'Literal':
      return /^(?:number|string)$/.test(typeof node.value) ? typeof node.value : undefined;
    case 'TemplateLiteral':
      return 'string';
    case 'TSNonNullExpression':
      return isOfEnvironment(node.expression) ? 'string' : undefined;
    case 'LogicalExpression': {
      const isDefault = /^(?:\?\?|\|\|)$/.test(node.operator) && isOfEnvironment(node.left);
      return isDefault && typeOf(node.right) === 'string' ? 'string' : undefined;
    }
    default:
      return undefined;
  }
}

/** `process.env.DATABASE_URL` */
function isOfEnvironment(node: TSESTree.Node): boolean {
  if (node.type !== 'MemberExpression' || node.object.type !== 'MemberExpression') return false;
  const { object } = node;
  return object.object.type === 'Identifier' && object.object.name === 'process' && propertyName(object) === 'env';
}
