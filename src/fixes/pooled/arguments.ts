import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import type { PooledClient } from './life.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

export interface Given {
  readonly text: string;
  /** False where only a name tells whether it is options or an address. */
  readonly isSure: boolean;
}

/** The arguments of the maker, as the pool's maker wants them; nothing where that cannot be told. */
export function argumentsFor(
  sourceCode: SourceCode,
  { creation, pooled }: PooledClient,
  textOf = (node: TSESTree.Node): string => sourceCode.getText(node),
): Given | undefined {
  const { arguments: given } = creation.site;
  const texts = given.map((one) => textOf(one));
  const [first, ...more] = given;
  // A class takes options alone, where its client takes an address too: pg-pool 3.14.0 index.js:69.
  if (!pooled.new || !first) return { text: texts.join(', '), isSure: true };
  const shape = more.length > 0 ? undefined : shapeOf(sourceCode, first);
  if (!shape) return undefined;
  const [text = ''] = texts;
  return { text: shape === 'address' ? `{ connectionString: ${text} }` : text, isSure: shape !== 'likely options' };
}

type Shape = 'address' | 'likely options' | 'options';

function shapeOf(sourceCode: SourceCode, node: TSESTree.Node): Shape | undefined {
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
      return isEnvironment(value.object) ? 'address' : shapeByName(propertyName(value));
    case 'Identifier':
      return shapeOfName(sourceCode, value);
    default:
      return undefined;
  }
}

function shapeOfName(sourceCode: SourceCode, name: TSESTree.Identifier): Shape | undefined {
  const node = findVariable(sourceCode, name)?.defs[0]?.node;
  const init = node?.type === 'VariableDeclarator' && node.id.type === 'Identifier' ? node.init : undefined;
  return (init && shapeOf(sourceCode, init)) ?? shapeByName(name.name);
}

/** `process.env.DATABASE_URL` */
function isEnvironment(object: TSESTree.Node): boolean {
  const value = unwrap(object);
  return value.type === 'MemberExpression' && propertyName(value) === 'env';
}

function shapeByName(name = ''): Shape | undefined {
  if (/(?:url|uri|connection_?string|dsn)$/i.test(name)) return 'address';
  return /conf|conn|cred|db|option|param|setting/i.test(name) ? 'likely options' : undefined;
}
