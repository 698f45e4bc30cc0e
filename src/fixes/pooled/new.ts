import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { freeModuleName } from '../module-level/name.ts';
import { dependenceOf } from '../module-level/dependence.ts';
import { moduleStyle, writeAtModuleLevel } from '../module-level/module-level.ts';
import type { Pooled, PooledClient } from './life.ts';
import { argumentsFor } from './arguments.ts';
import { pooledKind } from './lease.ts';
import { chained, listeners } from '../listener/chained.ts';
import { writeMaker } from '../imports/maker.ts';
import type { Maker } from '../imports/maker.ts';
import { textAtMargin } from '../text/at-margin.ts';
import type { PoolInScope } from './in-scope.ts';
import { isChecked, lines } from '../text/style.ts';
import { goneWith } from './life.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;
type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** A pool of the module: at once where its arguments are constants, else where it is first used. */
export function newPool(
  { sourceCode, filename }: Context,
  client: PooledClient,
  isTaken: boolean,
): PoolInScope | undefined {
  const { creation, pooled, built } = client;
  const nodes = creation.site.arguments;
  const dependences = nodes.map((one) => dependenceOf(sourceCode, one));
  const isEager = dependences.every((one) => one === 'constant');
  const maker = writeMaker(sourceCode, creation, pooled.maker, goneWith(client));
  const textOf = (node: TSESTree.Node): string => (isEager ? textAtMargin : rawText)(sourceCode, node);
  const given = argumentsFor(sourceCode, client, textOf);
  if (!maker || given === undefined) return undefined;
  const name = freeModuleName(sourceCode, 'pool');
  const style = moduleStyle(sourceCode, built.statement, filename);
  const { ends, isTyped } = style;
  const making = `${pooled.new ? 'new ' : ''}${maker.text}(${given.text})`;
  const type = `${typeOf(maker, pooled, isTyped)} | undefined`;
  const calls = listeners(sourceCode, pooledKind(creation)?.owns ?? {}, isTaken);
  const texts = isEager ? chained(`const ${name} = ${making}`, calls) : [`let ${name}${isTyped ? `: ${type}` : ''}`];
  const note = !isEager && !isTyped && isChecked(sourceCode, style) ? [`/** @type {${type}} */`] : [];
  const reads = isEager ? [creation.site.callee, ...nodes] : [];
  const written = writeAtModuleLevel(sourceCode, [...note, `${lines(style, texts)}${ends}`], creation.site, reads);
  if (!written) return undefined;
  const ensure = isEager ? [] : chained(`${name} ??= ${making}`, calls);
  return { isSure: given.isSure, name, ensure, edits: [written, ...maker.edits] };
}

/** What a function gives, and what `require` gives, is asked for by the maker's name. */
function typeOf({ text, isImported }: Maker, pooled: Pooled, isTyped: boolean): string {
  // In JavaScript the member of a default import may be a value alone.
  if (pooled.new && isImported && (isTyped || !text.includes('.'))) return text;
  return `${pooled.new ? 'Instance' : 'Return'}Type<typeof ${text}>`;
}

function rawText(sourceCode: SourceCode, node: TSESTree.Node): string {
  return sourceCode.getText(node);
}
