import { describe, expect, it } from 'vitest';
import { errorsOfAll } from '../pooled/types.ts';
import { applied, effective } from './apply.ts';
import { addresses, names, places, styles, units, values } from './cases.ts';
import type { Case } from './cases.ts';

const groups: Readonly<Record<string, readonly Case[]>> = { styles, places, addresses, values, names, units };

describe.for(Object.entries(groups))('%s', ([, cases]) => {
  it.for(cases.map((one) => [one.name, one] as const))('%s', ([, { code, filename, look, output }]) => {
    expect(applied(code, look, filename)).toBe(output);
  });

  it.for(cases.map((one) => [one.name, one] as const))('%s: it holds', ([, { filename, limit, output, value }]) => {
    const known = effective(output, limit, filename).filter((one) => one !== undefined);
    expect(known.every((one) => one === value)).toBe(true);
    expect(known.length).toBeGreaterThan(0);
  });
});

it('all of it compiles with the types of the drivers', () => {
  const typed = Object.values(groups)
    .flat()
    .filter((one) => one.filename === undefined);
  const files = new Map(typed.map(({ output }, index) => [`options${index}.ts`, output]));
  const errors = [...errorsOfAll(files)].filter(([, found]) => found.length > 0);
  expect(errors.map(([name, found]) => [files.get(name), found])).toEqual([]);
}, 60_000);
