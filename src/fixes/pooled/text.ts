import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../ast/unwrap.ts';
import { replace } from '../text/edit.ts';
import type { Edit } from '../text/edit.ts';
import type { GiveBack } from '../release/give-back.ts';
import { marginAt } from '../text/lines.ts';
import { removals } from '../removal/removals.ts';
import { lines } from '../text/style.ts';
import type { Style } from '../text/style.ts';
import type { PooledClient } from './life.ts';

/** How a connection is taken. */
export interface Taking {
  /** The lines of `pool ??= new Pool(…);`, where the connection of its own was built. */
  readonly ensure: string[];
  /** `const client = await pool.connect();` */
  readonly taking: string;
}

/** `const client = await pool.connect()`, without the type, which was that of a dedicated connection. */
export function takingText({ built, pooled, variable }: PooledClient, pool: string): string {
  const { statement } = built;
  const head = statement.type === 'VariableDeclaration' ? `${statement.kind} ${variable.name}` : variable.name;
  return `${head} = await ${pool}.${pooled.checkout}()`;
}

/** What is written in the place of the connection of its own: what builds the pool, if it is built there. */
export function builtEdits(
  sourceCode: Readonly<TSESLint.SourceCode>,
  { built }: PooledClient,
  texts: readonly string[],
  style: Style,
): Edit[] {
  const { statement } = built;
  if (texts.length === 0) return removals(sourceCode, [statement], style.unit) ?? [];
  const margin = marginAt(sourceCode, statement.range[0]);
  return [replace(...statement.range, lines({ ...style, margin }, texts).trimStart())];
}

/** `await client.end()` → `client.release()`; its brackets are left alone. */
export function giveBackEdits(
  { lease, pooled, variable }: PooledClient,
  { call, statement }: GiveBack,
  isUnsure: boolean,
): Edit[] {
  const outer = statementOf(call);
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || !outer) return [];
  const { expression } = outer;
  const dot = (isUnsure && statement === outer) || callee.optional ? '?.' : '.';
  const awaits = lease.awaitGiveBack ? 'await ' : '';
  const text = `${awaits}${variable.name}${dot}${pooled.giveBack}`;
  const edits = [replace(expression.range[0], call.callee.range[1], text)];
  return call.range[1] < expression.range[1] ? [...edits, replace(call.range[1], expression.range[1], '')] : edits;
}

function statementOf(call: GiveBack['call']): TSESTree.ExpressionStatement | undefined {
  for (let at: TSESTree.Node | undefined = call; at; at = at.parent) if (at.type === 'ExpressionStatement') return at;
  return undefined;
}
