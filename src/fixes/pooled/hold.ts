import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Checkout } from '../../analysis/model.ts';
import type { Hold } from '../release/hold.ts';
import { isInside } from '../../ast/inside.ts';
import { indexIn } from '../../ast/places.ts';
import type { List } from '../../ast/places.ts';
import type { PooledClient } from './life.ts';

/** The stretch of `list` behind `take`, as if the connection had been checked out there. */
export function holdOf(client: PooledClient, list: List, take: number): Hold {
  const { creation, lease, ends, owner, built, open } = client;
  const { driver, site, name, source, holder } = creation;
  const releases = ends.map(({ call }) => call);
  const gone = [built.statement, ...(open ? [open.statement] : []), ...ends.map(({ statement }) => statement)];
  const variable = without(client.variable, gone);
  const checkout: Checkout = {
    ...{ driver, lease, site, name, source, holder, variable, releases },
    ...{ certainty: 'proven', form: 'declared', callback: undefined, done: undefined, handedOn: false },
  };
  const giveBacks = ends.filter(({ statement }) => indexIn(list, statement) > take);
  return { checkout, variable, owner, list, take, end: list.length, giveBacks };
}

/** The variable with its uses outside of these statements alone. */
function without(variable: TSESLint.Scope.Variable, gone: readonly TSESTree.Node[]): TSESLint.Scope.Variable {
  const references = variable.references.filter(
    ({ identifier }) => !gone.some((one) => isInside(identifier as TSESTree.Node, one)),
  );
  return Object.create(variable, { references: { value: references } }) as TSESLint.Scope.Variable;
}
