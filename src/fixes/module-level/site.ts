import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isNothing } from '../../ast/nothing.ts';
import { keyName } from '../../ast/property-name.ts';
import { unwrap } from '../../ast/unwrap.ts';
import { findVariable } from '../../ast/variables.ts';
import { dependenceOf } from './dependence.ts';
import { isOfModule } from './reads.ts';
import { worst } from './words.ts';
import type { Dependence } from './words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Site = TSESTree.CallExpression | TSESTree.NewExpression;

/** What the arguments of a maker depend on, its type arguments included. */
export function dependenceOfArguments(sourceCode: SourceCode, site: Site): Dependence {
  const parts = [...site.arguments, ...(site.typeArguments ? [site.typeArguments] : [])];
  return worst(parts.map((one) => dependenceOf(sourceCode, one)));
}

/**
 * When what `site` makes may be built. `constant` only where its arguments name the place to connect to: without one,
 * drivers read the environment (`PGHOST`, `DATABASE_URL`), which the program may load later.
 */
export function dependenceOfSite(sourceCode: SourceCode, site: Site): Dependence {
  const maker = dependenceOfMaker(sourceCode, site.callee);
  const all = worst([maker, dependenceOfArguments(sourceCode, site)]);
  return all === 'constant' && !site.arguments.some(saysEnough) ? 'environment' : all;
}

function dependenceOfMaker(sourceCode: SourceCode, callee: TSESTree.Node): Dependence {
  let root = unwrap(callee);
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  const variable = root.type === 'Identifier' ? findVariable(sourceCode, root) : undefined;
  const isImported = variable && isOfModule(variable) && variable.defs.length === 1;
  return isImported ? 'constant' : dependenceOf(sourceCode, root);
}

const PLACES =
  /^(?:brokers|clientUrl|connection|connections|connectionString|connectionUri|connectString|contactPoints|filename|host|hostname|keepAlive|maxSockets|nodes?|path|server|servers|socketPath|storage|uri|url)$/;

function saysEnough(argument: TSESTree.Node): boolean {
  const value = unwrap(argument);
  if (value.type === 'TemplateLiteral' || value.type === 'Identifier') return value.type === 'TemplateLiteral';
  if (value.type === 'Literal') return typeof value.value === 'string';
  if (value.type !== 'ObjectExpression') return false;
  return value.properties.some(
    (one) => one.type === 'Property' && PLACES.test(keyName(one) ?? '') && !isNothing(one.value),
  );
}
