import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../ast/property-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { findVariable } from '../ast/variables.ts';
import type { PooledClient } from './pooled-life.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The arguments of the maker, as the pool's maker wants them; nothing where that cannot be told. */
export function argumentsFor(
  sourceCode: SourceCode,
  { creation, pooled }: PooledClient,
  textOf = (node: TSESTree.Node): string => sourceCode.getText(node),
): string | undefined {
  const { arguments: given } = creation.site;
  const texts = given.map((one) => textOf(one));
  const [first, ...more] = given;
  // A class takes options alone, where its client takes an address too: pg-pool 3.14.0 index.js:69.
  if (!pooled.new || !first) return texts.join(', ');
  const shape = more.length > 0 ? undefined : shapeOf(sourceCode, first);
  if (shape === 'address') return `{ connectionString: ${texts[0] ?? ''} }`;
  return shape === 'options' ? texts[0] : undefined;
}

function shapeOf(sourceCode: SourceCode, node: TSESTree.Node): 'address' | 'options' | undefined {
  const value = unwrap(node);
  switch (value.type) {
    case 'ObjectExpression':
      return 'options';
    case 'Literal':
    case 'TemplateLiteral':
      return 'address';
    case 'LogicalExpression':
      return shapeOf(sourceCode, value.left);
    case 'MemberExpression':
      return isEnvironment(value.object) || isAddress(propertyName(value)) ? 'address' : undefined;
    case 'Identifier':
      return shapeOfName(sourceCode, value);
    default:
      return undefined;
  }
}

function shapeOfName(sourceCode: SourceCode, name: TSESTree.Identifier): 'address' | 'options' | undefined {
  const node = findVariable(sourceCode, name)?.defs[0]?.node;
  const init = node?.type === 'VariableDeclarator' && node.id.type === 'Identifier' ? node.init : undefined;
  return init ? shapeOf(sourceCode, init) : isAddress(name.name) ? 'address' : undefined;
}

/** `process.env.DATABASE_URL` */
function isEnvironment(object: TSESTree.Node): boolean {
  const value = unwrap(object);
  return value.type === 'MemberExpression' && propertyName(value) === 'env';
}

function isAddress(name: string | undefined): boolean {
  return /(?:url|uri|connection_?string|dsn)$/i.test(name ?? '');
}
