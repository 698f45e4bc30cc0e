import { sideOf } from '../change.ts';
import { imports } from './cases/imports.ts';
import { oneStatement } from './cases/one-statement.ts';
import { pools } from './cases/pools.ts';
import { severalStatements } from './cases/several-statements.ts';
import { transactions } from './cases/transactions.ts';

/** Every case in full. */
export const pooledCases = [...imports, ...oneStatement, ...pools, ...severalStatements, ...transactions].map((one) => {
  const { name, filename = 'src/a.ts', settings = {} } = one;
  return { name, filename, settings, before: sideOf(one, '+'), after: sideOf(one, '-') };
});
