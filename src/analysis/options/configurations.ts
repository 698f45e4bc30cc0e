import type { TSESLint } from '@typescript-eslint/utils';
import { findVariable } from '../../ast/variables.ts';
import { addressOf } from '../building/exempt.ts';
import { lastNameOf } from '../building/creations.ts';
import { keptOf } from '../building/kept.ts';
import type { Made } from '../building/makers.ts';
import { calleeText } from '../checkouts.ts';
import type { Configuration, Creation } from '../model.ts';
import { setupOf } from './setup.ts';

/** Every pool and client of a file whose driver has limits, with its options. */
export function collectConfigurations(
  sourceCode: Readonly<TSESLint.SourceCode>,
  made: readonly Made[],
  creations: readonly Creation[],
): Configuration[] {
  return made.flatMap((one) => {
    const limits = one.driver.kinds[one.kind]?.limits;
    if (!limits || isRebuilt(sourceCode, one.site)) return [];
    const creation = creations.find(({ site }) => site === one.site);
    const name = creation?.name ?? keptOf(sourceCode, one.site).name ?? lastNameOf(calleeText(sourceCode, one.site));
    const setup = setupOf(sourceCode, one.site, limits);
    return [{ ...one, name, creation, database: databaseOf(sourceCode, one.site), setup }];
  });
}

/** The text of the parts that say which database it is; the environment's where there are none. */
function databaseOf(sourceCode: Readonly<TSESLint.SourceCode>, site: Made['site']): string | undefined {
  const parts = addressOf(site).map((one) => sourceCode.getText(one));
  // An object that is not written in place may say anything.
  return site.arguments.every(({ type }) => type !== 'Identifier') ? parts.join() : undefined;
}

/** A class of this file whose constructor says with which options the driver's own is built. */
function isRebuilt(sourceCode: Readonly<TSESLint.SourceCode>, { callee }: Made['site']): boolean {
  const definition = callee.type === 'Identifier' ? findVariable(sourceCode, callee)?.defs[0] : undefined;
  if (definition?.type !== 'ClassName') return false;
  return definition.node.body.body.some((one) => one.type === 'MethodDefinition' && one.kind === 'constructor');
}
