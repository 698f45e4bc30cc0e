import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { keyName, propertyName } from '../../ast/property-name.ts';
import { wrapped } from '../../ast/unwrap.ts';
import { identifiersOf } from '../../ast/variables.ts';
import { collect } from '../../ast/walk.ts';
import { collectReached } from './reached.ts';
import type { Shape } from './shape.ts';
import { listeners } from '../listener/chained.ts';
import type { Style } from '../text/style.ts';

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
  const names = variable ? identifiersOf(variable) : [site];
  if (!owns.crashes) return '';
  const isShared = names.some((one) => isTaken(creation, one)) || isTakenElsewhere(sourceCode, creation);
  const calls = listeners(sourceCode, owns, isShared);
  // Drizzle's pool is a member: what its `on` gives is not the value any more.
  if (owns.crashes?.on !== undefined) return undefined;
  const bare = sourceCode.getLastToken(site)?.value === ')' ? '' : '()';
  return bare + (calls.length > 1 ? calls.map((one) => eol + margin + unit + one).join('') : calls.join(''));
}

/** `pool.connect()`, or it goes to others as a pool: `{ pool }`. */
function isTaken({ driver, kind }: Creation, value: TSESTree.Node): boolean {
  const { parent } = wrapped(value);
  if (parent?.type === 'Property') return parent.value === wrapped(value) && /pool$/i.test(keyName(parent) ?? '');
  const name = parent?.type === 'MemberExpression' ? propertyName(parent) : undefined;
  return name !== undefined && driver.kinds[kind]?.checkouts?.[name] !== undefined;
}

/** A function of this file to which it may be handed takes a connection from what it is given. */
function isTakenElsewhere(sourceCode: SourceCode, { driver, holder, kind }: Creation): boolean {
  const checkouts = driver.kinds[kind]?.checkouts ?? {};
  const isTaking = (node: TSESTree.Node): boolean =>
    node.type === 'MemberExpression' &&
    checkouts[propertyName(node) ?? ''] !== undefined &&
    node.parent.type === 'CallExpression' &&
    node.parent.callee === node;
  const others = [...collectReached(sourceCode, holder)].filter((one) => one !== holder);
  return others.some((one) => collect(sourceCode, one, isTaking).length > 0);
}
