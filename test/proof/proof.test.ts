import { describe, expect, it } from 'vitest';
import { count, prove, type Repairer } from './proof.ts';
import type { Report } from './repair.ts';
import { leaking, repaired, rolledBack, transaction } from './samples.ts';

/** The verdicts of the proof, with stand-ins for the rules. */

const report = { ruleId: 'pool/require-release' } as Report;

function repairerThat(
  fixed: Readonly<Record<string, string>>,
  reported: readonly string[] = Object.keys(fixed),
): Repairer {
  return {
    lint: (source) => (reported.includes(source) ? [report] : []),
    fix: (source) => fixed[source] ?? source,
  };
}

const asCase = (source: string) => ({ name: 'sample', dialect: 'pg' as const, construct: 'sample', source });

describe('the proof', () => {
  it.each([
    ['a lookup', leaking, repaired],
    ['a transaction', transaction, rolledBack],
  ])('accepts the right repair of %s', async (_name, original, fixed) => {
    const proof = await prove(asCase(original), repairerThat({ [original]: fixed }));
    expect(proof.faults).toEqual([]);
    expect(count([proof])).toMatchObject({ leaking: 1, reported: 1, fixed: 1, equivalent: 1, missed: 0, falsely: 0 });
  });

  it('counts a leak that nobody reports', async () => {
    const proof = await prove(asCase(leaking), repairerThat({}));
    expect(count([proof])).toMatchObject({ leaking: 1, reported: 0, fixed: 0, missed: 1 });
  });

  it('counts a report on a sound function', async () => {
    const proof = await prove(asCase(repaired), repairerThat({}, [repaired]));
    expect(count([proof])).toMatchObject({ leaking: 0, reported: 1, falsely: 1 });
  });

  it('notices a repair after which a connection is kept in silence', async () => {
    const moved = leaking
      .replace("check('found');", '')
      .replace('client.release();', "client.release(); check('found');");
    const { faults } = await prove(asCase(leaking), repairerThat({ [leaking]: moved }));
    expect(faults.join()).toContain('still leaks, unreported');
  });

  it('lets a repair stay incomplete while the rest is still reported', async () => {
    const moved = leaking
      .replace("check('found');", '')
      .replace('client.release();', "client.release(); check('found');");
    const { faults } = await prove(asCase(leaking), repairerThat({ [leaking]: moved }, [leaking, moved]));
    expect(faults).toEqual([]);
  });

  it('notices a repair that is repaired again', async () => {
    const again = { [leaking]: repaired, [repaired]: `${repaired}\n` };
    expect((await prove(asCase(leaking), repairerThat(again))).faults).toEqual(['the repaired text is repaired again']);
  });

  it.each([
    ['loses a comment', leaking.replace('check(', '// the check\n  check('), repaired, 'a comment is lost: the check'],
    ['mixes line ends', leaking, repaired.replace('try {\n', 'try {\r\n'), 'line ends are mixed'],
  ])('notices a repair that %s', async (_name, original, fixed, fault) => {
    const { faults } = await prove(asCase(original), repairerThat({ [original]: fixed }));
    expect(faults).toEqual([fault]);
  });

  it('notices a repair that changes an answer', async () => {
    const wrong = repaired.replace('return found.rows', 'return found');
    const { faults } = await prove(asCase(leaking), repairerThat({ [leaking]: wrong }));
    expect(faults.join()).toContain('outcome');
  });
});
