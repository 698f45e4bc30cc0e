import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { wrapped } from '../../ast/unwrap.ts';
import { widest } from './change.ts';
import type { Reach, Site } from './change.ts';
import { fieldOf } from './field.ts';
import { passed } from './passed.ts';
import type { Next } from './passed.ts';
import { declaredBy } from './routes.ts';
import { resultOf } from './result.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

const DEEPEST = 10;

/**
 * Where the value of an expression goes. In: the expression, and the path inside it that a repair changes: other members
 * may be read by anybody. Out: the widest reach of all its routes.
 */
export function reachOf(
  sourceCode: SourceCode,
  from: TSESTree.Node,
  path: readonly string[],
  site: Site,
  depth = 0,
): Reach {
  if (depth > DEEPEST) return 'shared';
  const node = wrapped(from);
  const next: Next = (inner, names = path) => reachOf(sourceCode, inner, names, site, depth + 1);
  const inPlace = passed({ sourceCode, node, path, site, next });
  if (inPlace) return inPlace;
  const named = [declaredBy, resultOf, fieldOf].map((one) => one(sourceCode, node, path)).find(Boolean);
  if (!named) return 'shared';
  const reaches = named.reads.map((one) => next(one, named.path));
  return widest(named.isExported ? [...reaches, 'exported'] : reaches);
}
