import { describe, expect, it } from 'vitest';
import { inputs, observe } from './differential.ts';
import { generate, generateOne, type GeneratedCase } from './generate.ts';
import { compile, runOnStub } from './run-source.ts';

const cases = generate(500);

async function leaks({ source, dialect }: GeneratedCase): Promise<boolean> {
  return (await observe(source, dialect)).originalLeaks.length > 0;
}

/** How a function ends when nothing fails, for each input. */
async function outcomes({ source, dialect }: GeneratedCase): Promise<string[]> {
  const program = compile(source);
  const found: string[] = [];
  for (const input of inputs) {
    const { outcome, lost } = await runOnStub(program, dialect, input, []);
    found.push(outcome, ...lost);
  }
  return found;
}

describe('the generator', () => {
  it('repeats itself', () => {
    expect(generate(20)).toEqual(generate(20));
    expect(generateOne(cases[7]!.seed)).toEqual(cases[7]);
  });

  it('writes no function twice', () => {
    expect(new Set(cases.map(({ source }) => source)).size).toBeGreaterThan(450);
  });

  it('writes functions that run', async () => {
    const mistakes: string[] = [];
    for (const generated of cases) {
      const wrong = (await outcomes(generated)).filter((outcome) => /ReferenceError|TypeError|hung/.test(outcome));
      if (wrong.length > 0) mistakes.push(`${generated.name}: ${wrong.join()}\n${generated.source}`);
    }
    expect(mistakes).toEqual([]);
  });

  it('writes leaking functions and sound ones', async () => {
    let leaking = 0;
    for (const generated of cases) leaking += (await leaks(generated)) ? 1 : 0;
    expect(leaking).toBeGreaterThan(200);
    expect(leaking).toBeLessThan(400);
  });
});
