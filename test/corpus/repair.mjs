import { added, errorsOf } from './typecheck.mjs';

/** Applies every fix to a reported file in memory, and looks at what comes out. */

/**
 * @typedef {{ before: number, after: number, added: string[] }} Change
 * @returns {{ changed: boolean, output: string, broken?: string, remaining: object[], syntax?: Change, types?: Change }}
 */
export function repair(workbench, { name, code }, { tsc = false } = {}) {
  const { output } = workbench.fix(name, code);
  const changed = output !== code;
  const after = workbench.lint(name, output);
  return {
    changed,
    output,
    broken: after.parseError?.message ?? after.crashes[0]?.error.message,
    remaining: after.messages.filter(({ fatal }) => !fatal),
    ...(tsc && changed ? compare(errorsOf(name, code), errorsOf(name, output)) : undefined),
  };
}

function compare(before, after) {
  const change = (kind) => ({
    before: before[kind].length,
    after: after[kind].length,
    added: added(before[kind], after[kind]),
  });
  return { syntax: change('syntax'), types: change('types') };
}
