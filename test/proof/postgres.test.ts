import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { generatedCases, readAllCases, type Case } from './cases.ts';
import { prove, type Proof } from './proof.ts';
import { fix } from './repair.ts';
import { leaking, repaired, rolledBack, transaction } from './samples.ts';
import { ServerProof } from './server-proof.ts';

const server = await startPostgres({ maxConnections: 150 });

describe.skipIf(server === undefined)('on PostgreSQL', () => {
  let proof: ServerProof;

  beforeAll(async () => {
    proof = await ServerProof.open(server!);
  });

  afterAll(async () => {
    await proof?.close();
    await server?.stop();
  });

  describe('the comparison', () => {
    it.each([
      ['of a lookup', leaking, repaired],
      ['of a transaction', transaction, rolledBack],
    ])('%s accepts a right repair', async (_name, original, fixed) => {
      expect(await proof.compare(asCase(original), fixed)).toEqual([]);
    });

    it.each([
      ['keeps a connection', leaking, leaking, 'not given back'],
      [
        'leaves a transaction open',
        transaction,
        rolledBack.replace("await client.query('ROLLBACK');", ''),
        'transaction',
      ],
      ['answers otherwise', leaking, repaired.replace('return found.rows', 'return 1'), 'became'],
      ['never answers', leaking, repaired.replace('return', 'await new Promise(() => {}); return'), 'no answer'],
    ])('notices a repair that %s', async (_name, original, fixed, fault) => {
      expect((await proof.compare(asCase(original), fixed, 300)).join('\n')).toContain(fault);
    });
  });

  it('repaired functions answer as before and leave nothing behind', async () => {
    const byHand = await collectRepaired(readAllCases(), Infinity);
    const generated = await collectRepaired(generatedCases(1600), 500);
    const faults: string[] = [];
    for (const { subject, repaired: fixed } of [...byHand, ...generated]) {
      const found = await proof.compare(subject, fixed);
      if (found.length > 0) faults.push(`${subject.name}: ${found.join('; ')}\n${fixed}`);
    }
    console.log(`${byHand.length} + ${generated.length} functions, ${proof.calls} calls on PostgreSQL`);
    expect(faults.join('\n\n')).toBe('');
    expect(generated.length).toBeGreaterThanOrEqual(500);
    expect(byHand.length).toBeGreaterThanOrEqual(20);
  }, 360_000);
});

/** Repaired functions, and sound ones. What is still reported, or was wrong before in another way, is no promise. */
async function collectRepaired(cases: readonly Case[], limit: number): Promise<Proof[]> {
  const found: Proof[] = [];
  for (const subject of cases.filter(({ dialect }) => dialect === 'pg')) {
    if (found.length >= limit) break;
    // The costly part is only for those that count.
    const isWanted = subject.name.startsWith('sound/') || fix(subject.source) !== subject.source;
    if (!isWanted) continue;
    const proof = await prove(subject);
    const { repairedLeaks, inherited } = proof.comparison;
    if (repairedLeaks.length === 0 && inherited.length === 0) found.push(proof);
  }
  return found;
}

function asCase(source: string): Case {
  return { name: 'sample', dialect: 'pg', construct: 'sample', source };
}
