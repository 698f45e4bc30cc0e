import type { Creation } from '../../../src/analysis/index.ts';
import { repairAsCheckout } from '../../../src/fixes/pooled/pooled.ts';
import { readSettings } from '../../../src/settings.ts';
import { fixed, suggestions } from '../applied.ts';
import type { Repairer } from '../applied.ts';

/** As if a handler built each connection of its own. */
const repair: Repairer = (context, creation) => {
  const repeats = { reason: 'slot', certainty: 'proven', what: 'handler', node: creation.site } as const;
  return repairAsCheckout(context, { ...creation, repeats }, readSettings(context.settings).sharedPool);
};

const isMeant = ({ owns }: Creation): boolean => owns.pooled !== undefined;

interface Repaired {
  readonly output: string;
  /** How many connections were built in the code, and what the suggestions would write. */
  readonly found: number;
  readonly suggested: readonly string[];
}

/** The code after all rounds of the repair; what is suggested for the code as it stands. */
export function asCheckout(code: string, filename = 'src/routes/users.ts', pool: object = {}): Repaired {
  const given = { filename, isMeant, pool };
  return { output: fixed(code, repair, given).output, ...suggestions(code, repair, given) };
}
