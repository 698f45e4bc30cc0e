import { appendFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { generatedCases, readAllCases, readCases } from './cases.ts';
import {
  count,
  countByConstruct,
  countByRule,
  disagreement,
  formatFaults,
  prove,
  proveSuggestions,
  type Proof,
} from './proof.ts';

const byHand = readAllCases();
const generated = generatedCases(650);
const proofs: Proof[] = [];

const ofHand = (): Proof[] => proofs.slice(0, byHand.length);
const ofGenerator = (): Proof[] => proofs.slice(byHand.length);

beforeAll(async () => {
  for (const subject of [...byHand, ...generated]) proofs.push(await prove(subject));
}, 1_000_000);

describe('repairs', () => {
  it.skipIf(process.env['PROOF_RUNS'])('are tried on enough functions', () => {
    expect(generated.length).toBeGreaterThanOrEqual(500);
    expect(readCases('leaking').length).toBeGreaterThanOrEqual(20);
    for (const { subject, leaks } of ofHand())
      expect([subject.name, leaks]).toEqual([subject.name, isMeantToLeak(subject.name)]);
  });

  it('keep every answer and every statement, and give back what they repaired', () => {
    const faulty = proofs.filter(({ faults }) => faults.length > 0).map(formatFaults);
    expect(faulty.join('\n\n')).toBe('');
  });

  it('leave sound functions alone', () => {
    const changed = proofs.filter(
      ({ fixed, leaks, comparison }) => fixed && !leaks && comparison.originalViolations.size === 0,
    );
    expect(changed.map(({ subject, repaired }) => `${subject.name}\n${repaired}`).join('\n\n')).toBe('');
  });

  it('are made for most of the leaking functions', () => {
    const { fixed, generated: all } = count(ofGenerator().filter(({ leaks }) => leaks));
    console.log(`${fixed} of ${all} leaking functions repaired`);
    expect(fixed / all).toBeGreaterThanOrEqual(0.8);
  });

  it('are counted', () => {
    console.table(countByConstruct(proofs));
    console.table(countByRule(proofs));
    list(
      'leaks, not reported',
      proofs.filter(({ leaks, reported }) => leaks && !reported),
    );
    list(
      'does not leak, reported',
      proofs.filter(({ leaks, reported }) => !leaks && reported),
    );
    for (const ruleId of ['pool/no-double-release', 'pool/no-use-after-release']) {
      list(
        `${ruleId} disagrees`,
        proofs.filter((proof) => disagreement(ruleId, proof)),
      );
    }
  });
});

describe('reports', () => {
  it('of lost connections are never false, and hardly ever missing', () => {
    const { falsely, missed, generated: all } = count(proofs);
    expect(falsely).toBe(0);
    expect(missed / all).toBeLessThanOrEqual(0.005);
  });

  it.each([
    ['pool/no-double-release', 0.005],
    ['pool/no-use-after-release', 0.015],
  ])('of %s are never false, and seldom missing', (ruleId, limit) => {
    const verdicts = proofs.map((proof) => disagreement(ruleId, proof));
    expect(verdicts.filter((verdict) => verdict === 'falsely')).toEqual([]);
    expect(verdicts.filter((verdict) => verdict === 'missed').length / proofs.length).toBeLessThanOrEqual(limit);
  });
});

describe('suggestions', () => {
  it('do no harm', async () => {
    const faults: string[] = [];
    let applied = 0;
    for (const { subject, reports } of proofs) {
      if (!reports.some(({ suggestions }) => suggestions)) continue;
      const result = await proveSuggestions(subject);
      applied += result.applied;
      faults.push(...result.faults);
    }
    console.log(`${applied} suggestions applied`);
    expect(faults.join('\n\n')).toBe('');
    expect(applied).toBeGreaterThan(0);
  }, 600_000);
});

function isMeantToLeak(name: string): boolean {
  return name.startsWith('leaking/');
}

/** Names on the console; the texts into the file that `PROOF_LIST` names. */
function list(title: string, found: readonly Proof[]): void {
  console.log(`${title}: ${found.length}\n${found.map(({ subject }) => `  ${subject.name}`).join('\n')}`);
  const file = process.env['PROOF_LIST'];
  if (file === undefined) return;
  for (const { subject, reports } of found) {
    const messages = reports.map(({ line, message }) => `// line ${line}: ${message}`).join('\n');
    appendFileSync(file, `// ${title}: ${subject.name}\n${messages}\n${subject.source}\n`);
  }
}
