import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../analysis/model.ts';
import { propertyName } from '../ast/property-name.ts';
import { wrapped } from '../ast/unwrap.ts';
import type { Shape } from './hoist-shape.ts';
import { listeners } from './pooled-listener.ts';
import type { Style } from './style.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * What follows `new Pool(…)`: an idle connection that breaks ends the process where nobody listens, and what is shared
 * has idle connections. Undefined where nothing can follow it.
 */
export function listening(
  sourceCode: SourceCode,
  creation: Creation,
  { variable }: Shape,
  { eol, margin, unit }: Style,
): string | undefined {
  const { owns, site } = creation;
  const names = variable?.references.map(({ identifier }) => identifier as TSESTree.Node) ?? [site];
  const calls = listeners(
    sourceCode,
    owns,
    names.some((one) => isTakenFrom(creation, one)),
  );
  if (calls.length === 0) return '';
  // Drizzle's pool is a member: what its `on` gives is not the value any more.
  if (owns.crashes?.on !== undefined) return undefined;
  const bare = sourceCode.getLastToken(site)?.value === ')' ? '' : '()';
  return bare + (calls.length > 1 ? calls.map((one) => eol + margin + unit + one).join('') : calls.join(''));
}

/** `pool.connect()` */
function isTakenFrom({ driver, kind }: Creation, value: TSESTree.Node): boolean {
  const { parent } = wrapped(value);
  const name = parent?.type === 'MemberExpression' ? propertyName(parent) : undefined;
  return name !== undefined && driver.kinds[kind]?.checkouts?.[name] !== undefined;
}
