import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { keyName } from '../../ast/property-name.ts';
import { findVariable } from '../../ast/variables.ts';
import { isOfModule } from './reads.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Classes and functions that always make the same type. */
const PLAIN_CLASS = /^(?:Agent|Client|Cluster|ConnectionPool|DataSource|MongoClient|Pool|Redis|Sequelize)$/;
const PLAIN_DRIVER = /^(?:mariadb|mysql)/;

/** The type of what is made: `Pool`, `Kysely<Database>`, `InstanceType<typeof pg.Pool>`; none where it is inferred. */
export function typeOfMade(sourceCode: SourceCode, { driver, site }: Creation): string | undefined {
  const parts = partsOf(site.callee);
  const [root] = parts ?? [];
  const variable = root && findVariable(sourceCode, root);
  if (!parts || !variable || !isOfModule(variable)) return undefined;
  const name = parts.at(-1)?.name ?? '';
  const callee = sourceCode.getText(site.callee);
  if (site.type === 'CallExpression')
    return PLAIN_DRIVER.test(driver.name) && !site.typeArguments ? `ReturnType<typeof ${callee}>` : undefined;
  if (!site.typeArguments && isOpen(site, name, driver.name)) return undefined;
  if (!variable.defs.some(parts.length > 1 ? isNamespace : isImported))
    return PLAIN_CLASS.test(name) && !site.typeArguments ? `InstanceType<typeof ${callee}>` : undefined;
  return callee + (site.typeArguments ? sourceCode.getText(site.typeArguments) : '');
}

/** Classes whose type arguments are inferred: kysely, tarn 3, the proxy agents 7 and 8. */
function isOpen(site: TSESTree.NewExpression, name: string, driver: string): boolean {
  return /^Kysely$|ProxyAgent$/.test(name) || driver === 'tarn' || (name === 'PrismaClient' && hasOpenOptions(site));
}

/** `log` and `omit` change the type of a Prisma client: runtime/library.d.ts of @prisma/client 6.19. */
function hasOpenOptions({ arguments: given }: TSESTree.NewExpression): boolean {
  const isKnown = (one: TSESTree.ObjectLiteralElement): boolean =>
    one.type === 'Property' && !one.computed && !/^(?:log|omit)$/.test(keyName(one) ?? 'log');
  return given.some((one) => one.type !== 'ObjectExpression' || !one.properties.every(isKnown));
}

function isImported({ type }: TSESLint.Scope.Definition): boolean {
  return String(type) === 'ImportBinding';
}

/** A default import may be an object without types: `pg` of @types/pg 8.15, index.d.mts. */
function isNamespace({ node }: TSESLint.Scope.Definition): boolean {
  return /^(?:ImportNamespaceSpecifier|TSImportEqualsDeclaration)$/.test(node.type);
}

function partsOf(callee: TSESTree.Node): TSESTree.Identifier[] | undefined {
  if (callee.type === 'Identifier') return [callee];
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return undefined;
  const parts = partsOf(callee.object);
  return parts && callee.property.type === 'Identifier' ? [...parts, callee.property] : undefined;
}
