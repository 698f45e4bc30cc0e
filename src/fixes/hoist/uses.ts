import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creation } from '../../analysis/model.ts';
import { readsOf } from '../../ast/variables.ts';
import { removalOf } from './ends.ts';
import type { Removal } from './ends.ts';
import { holdsSession } from './session.ts';
import type { Shape } from './shape.ts';
import { useOf } from './use.ts';
import type { Use } from './words.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What must change in a function so that its callers can share a value. */
export interface Sharing {
  readonly removals: readonly Removal[];
  /** Code of another file gets the value: what it does with it is not seen. */
  readonly isFar: boolean;
}

/** Undefined where the value cannot be shared, or a call that ends it cannot be removed. */
export function sharingOf(sourceCode: SourceCode, creation: Creation, { variable }: Shape): Sharing | undefined {
  const reads = variable && readsOf(variable);
  const uses = (reads ?? [creation.site]).map((one) => useOf(sourceCode, creation, one));
  if (!uses.every((one) => one !== undefined) || holdsSession(sourceCode, creation, reads ?? [])) return undefined;
  const calls = uses.filter(({ kind }) => kind === 'end').map(({ call }) => call as TSESTree.CallExpression);
  if (creation.ends.some((one) => !calls.includes(one))) return undefined;
  // `await new MongoClient(url).connect()` gives what was built: it goes on under another name.
  if (!reads && uses.some(({ kind }) => kind === 'open')) return undefined;
  const opens = uses.filter((one) => one.kind === 'open').map((one) => removalOfOpen(creation, one));
  const removals = [...calls.map((one) => removalOf(one)), ...opens];
  if (!removals.every((one) => one !== undefined)) return undefined;
  return { removals: removals.filter((one) => one !== 'none'), isFar: uses.some(({ isFar }) => isFar) };
}

/** Clients of which one is kept on `globalThis` may be opened again: nothing happens then. Others open by themselves. */
function removalOfOpen({ owns }: Creation, { call }: Use): Removal | 'none' | undefined {
  if (!call || call.arguments.length > 0) return undefined;
  if (owns.reload) return 'none';
  const removal = removalOf(call);
  return removal?.kind === 'statement' ? removal : undefined;
}
