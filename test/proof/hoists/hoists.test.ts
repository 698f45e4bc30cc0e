import { beforeAll, describe, expect, it } from 'vitest';
import { defaultSeed, generate, generateOne } from './generate.ts';
import { count, countBy, formatFaults, prove, typeFaults, type Proof } from './prove.ts';

/** `PROOF_RUNS` and `PROOF_SEED` choose other modules, or more of them; then the shares are printed. */
const { PROOF_RUNS, PROOF_SEED, PROOF_DEPTH } = process.env;
const runs = Number(PROOF_RUNS ?? 300);
const modules = generate(runs, Number(PROOF_SEED ?? defaultSeed));

describe('generated modules', () => {
  it('are the same for the same seed', () => {
    expect(generateOne(7)).toEqual(generateOne(7));
    expect(generateOne(7).source).not.toBe(generateOne(8).source);
  });

  it.for(['driver', 'frame', 'place', 'values'] as const)('have every %s', (key) => {
    const found = new Set(modules.map(({ construct }) => construct[key]));
    expect(found.size).toBeGreaterThanOrEqual({ driver: 9, frame: 17, place: 7, values: 10 }[key]);
  });
});

describe('what is built for each call, and its repair', { timeout: 40 * runs + 120_000 }, () => {
  const proofs: Proof[] = [];
  beforeAll(
    async () => {
      for (const one of modules) proofs.push(await prove(one, Number(PROOF_DEPTH ?? 8)));
      if (PROOF_RUNS !== undefined) print(proofs);
    },
    100 * runs + 120_000,
  );

  it('answer alike, leave nothing behind, and are clean', () => {
    expect(proofs.filter(({ faults }) => faults.length > 0).map(formatFaults)).toEqual([]);
  });

  it('type-check where they did before', () => {
    expect(typeFaults(proofs)).toEqual([]);
  });

  it('are reported where something calls them per request, and repaired where that is sound', () => {
    const served = proofs.filter((proof) => isSound(proof) && proof.subject.construct.place !== 'exported function');
    const { silent, repaired } = count(served);
    expect(silent / served.length).toBeLessThan(0.05);
    expect(repaired / served.length).toBeGreaterThan(0.7);
  });
});

function isSound({ subject }: Proof): boolean {
  return subject.unsound.length === 0;
}

/** The shares; what must not be shared counts by the reason. */
function print(proofs: readonly Proof[]): void {
  const sound = proofs.filter(isSound);
  console.table({ all: count(proofs), sound: count(sound) });
  for (const key of ['driver', 'frame', 'place', 'values'] as const) {
    console.table(countBy(sound, ({ subject }) => subject.construct[key]));
  }
  console.table(
    countBy(
      proofs.filter((proof) => !isSound(proof)),
      ({ subject }) => subject.unsound[0]!,
    ),
  );
}
