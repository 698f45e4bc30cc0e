import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout } from '../../analysis/model.ts';
import { holderOf } from '../../ast/functions.ts';
import { propertyName } from '../../ast/property-name.ts';
import { unwrap, wrapped } from '../../ast/unwrap.ts';
import { placeOf } from '../../ast/places.ts';
import type { Place } from '../../ast/places.ts';

/** A statement that does nothing but give the connection back, at once or if there is one. */
export interface GiveBack extends Place {
  readonly call: TSESTree.CallExpression;
  readonly statement: TSESTree.Statement;
}

export function findGiveBack(
  checkout: Checkout,
  call: TSESTree.CallExpression,
  owner: TSESTree.Node,
): GiveBack | undefined {
  if (holderOf(call) !== owner || !hasPlainArguments(checkout, call)) return undefined;
  const value = wrapped(call);
  const outer = value.parent?.type === 'AwaitExpression' ? value.parent : value;
  if (outer.parent?.type !== 'ExpressionStatement') return undefined;
  const statement = guardOf(checkout.name, outer.parent) ?? outer.parent;
  const place = placeOf(statement);
  return place && { ...place, call, statement };
}

/** No arguments but literals and the connection itself. */
function hasPlainArguments({ name }: Checkout, call: TSESTree.CallExpression): boolean {
  return call.arguments.every(
    (argument) => argument.type === 'Literal' || (argument.type === 'Identifier' && argument.name === name),
  );
}

/** `if (client) client.release();` */
export function guardOf(name: string, statement: TSESTree.ExpressionStatement): TSESTree.IfStatement | undefined {
  const { parent } = statement;
  const block = parent.type === 'BlockStatement' && parent.body.length === 1 ? parent : statement;
  const outer = block.parent;
  if (outer?.type !== 'IfStatement' || outer.consequent !== block || outer.alternate) return undefined;
  const test = unwrap(outer.test);
  return test.type === 'Identifier' && test.name === name ? outer : undefined;
}

/** The text that gives the connection back where the code never does. */
export function giveBackText(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { lease, name, site }: Checkout,
  ends: string,
): string | undefined {
  const awaits = lease.awaitGiveBack ? 'await ' : '';
  const [method] = lease.giveBack;
  if (method !== undefined) {
    const rest = lease.completedBy ? `.${lease.completedBy}()` : '';
    return `${awaits}${name}.${method}()${rest}${ends}`;
  }
  const callee = unwrap(site.callee);
  const through = lease.giveBackThrough?.[0];
  if (callee.type !== 'MemberExpression' || propertyName(callee) === undefined || !through) return undefined;
  return `${awaits}${sourceCode.getText(callee.object)}.${through}(${name})${ends}`;
}
