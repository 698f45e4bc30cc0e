import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation, FunctionNode } from '../../analysis/model.ts';
import { holderOf } from '../../ast/functions.ts';
import { wrapped } from '../../ast/unwrap.ts';
import type { GiveBack } from '../release/give-back.ts';
import { isInside } from '../../ast/inside.ts';
import { methodCall, methodOf } from '../../ast/method-call.ts';
import { readsOf } from '../../ast/variables.ts';
import { findStep } from './step.ts';

/** What the code does with a connection of its own. */
export interface Uses {
  /** `await client.connect();` */
  readonly open: GiveBack | undefined;
  /** `await client.end();`, with the `if (client)` around it. */
  readonly ends: readonly GiveBack[];
  /** Its other calls: statements, and what escapes values. */
  readonly calls: readonly TSESTree.CallExpression[];
}

/** Nothing where one use is of another sort: handed on, listened to, or tied to the session. */
export function collectUses(
  { driver, kind, owns }: Creation,
  variable: TSESLint.Scope.Variable,
  owner: FunctionNode,
): Uses | undefined {
  const names = readsOf(variable);
  const [opens, ends]: [GiveBack[], GiveBack[]] = [[], []];
  const calls: TSESTree.CallExpression[] = [];
  const tests: TSESTree.Node[] = [];
  const isUse = (method: string): boolean => isPlain(method, driver.kinds[kind]?.lease?.uses ?? []);
  for (const name of names) {
    const call = methodCall(name);
    const method = call ? methodOf(call) : '';
    const list = owns.end.includes(method) ? ends : owns.open?.includes(method) ? opens : undefined;
    const step = call && list ? findStep(call, list === ends ? variable.name : undefined) : undefined;
    if (step) list?.push(step);
    else if (call && !list && isUse(method) && !owns.session?.includes(method)) calls.push(call);
    else if (!call && isTest(name)) tests.push(name);
    else return undefined;
  }
  const [open, ...more] = opens;
  const isTested = tests.some((name) => !ends.some(({ statement }) => isInside(name, statement)));
  if (more.length > 0 || isTested || (open && holderOf(open.call) !== owner)) return undefined;
  return { open, ends, calls };
}

/** Methods that leave nothing behind on the connection. */
function isPlain(method: string, uses: readonly string[]): boolean {
  if (/^(?:escape\w*|format)$/.test(method)) return true;
  return uses.includes(method) && !/^(?:changeUser|prepare|promise|reset|statistics|queryStream)$/.test(method);
}

function isTest(name: TSESTree.Node): boolean {
  const { parent } = wrapped(name);
  return parent?.type === 'IfStatement' && parent.test === wrapped(name);
}
