import { describe, expect, it } from 'vitest';
import { fixed } from './applied.ts';
import type { Repairer } from './applied.ts';
import { sideOf } from './change.ts';
import type { Change } from './change.ts';
import { typeErrors } from './types.ts';

interface Row extends Pick<Change, 'change' | 'filename' | 'name'> {
  /** Findings that nothing repairs. */
  readonly left?: number;
}

/** A table of repairs: each writes what it says and, in TypeScript, what compiled before does so after. */
export function testChanges(title: string, repair: Repairer, rows: readonly Row[]): void {
  const cases = rows.map((row) => {
    const { name, filename = 'file.ts', left = 0 } = row;
    return { name, filename, left, code: sideOf(row, '+'), output: sideOf(row, '-') };
  });
  const typed = cases.filter(({ filename }) => filename.endsWith('.ts'));
  const errors = typeErrors(typed.flatMap(({ code, output }) => [code, output]));

  describe(title, () => {
    it.for(cases)('$name', ({ code, filename, left, output }) => {
      expect(fixed(code, repair, { filename })).toEqual({ output, left });
    });

    it.for(typed)('and still compiles: $name', (one) => {
      const at = typed.indexOf(one) * 2;
      expect([errors[at], errors[at + 1]]).toEqual([[], []]);
    });
  });
}
