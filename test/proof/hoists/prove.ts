import { collectLosses } from '../repair.ts';
import { compare, type Comparison, type Difference } from './compare.ts';
import type { GeneratedModule } from './generate.ts';
import { fix, hoistRules, lint, type Report } from './lint.ts';
import { typeErrors } from './types.ts';

/** What the proof found out about one module. */
export interface Proof {
  readonly subject: GeneratedModule;
  /** What the two rules report. */
  readonly reports: readonly Report[];
  readonly outcome: 'refused' | 'repaired' | 'silent' | 'suggested';
  readonly repaired: string;
  readonly comparison: Comparison | undefined;
  readonly faults: readonly string[];
}

const ours = ({ ruleId }: Report): boolean => hoistRules.has(ruleId);
/** Further rules whose reports on the repaired text are the repair's own doing. */
const answerable: ReadonlySet<string | null> = new Set([
  ...hoistRules,
  'pool/require-error-listener',
  'pool/require-release',
]);

export async function prove(subject: GeneratedModule, limit: number): Promise<Proof> {
  const { source, filename } = subject;
  let repaired: string;
  let left: readonly Report[];
  try {
    ({ output: repaired, left } = fix(source, filename));
  } catch (error) {
    const faults = [`does not parse: ${String(error)}`];
    return { subject, reports: [], outcome: 'repaired', repaired: source, comparison: undefined, faults };
  }
  const all = repaired === source ? left : lint(source, filename);
  const reports = all.filter(ours);
  const outcome = reports.length === 0 ? 'silent' : outcomeOf(reports, left);
  if (repaired === source) return { subject, reports, outcome, repaired, comparison: undefined, faults: [] };
  const comparison = await compare(source, repaired, limit);
  const faults = [
    ...comparison.differences.map(formatDifference),
    ...(outcome === 'repaired' ? faultsOfHoist(comparison, all, left) : []),
    ...collectLosses(source, repaired),
  ];
  if (left.some((report) => report.fix)) faults.push('the repaired text is repaired again');
  return { subject, reports, outcome, repaired, comparison, faults };
}

function outcomeOf(reports: readonly Report[], left: readonly Report[]): Proof['outcome'] {
  if (!left.some(ours)) return 'repaired';
  return reports.some(({ suggestions }) => suggestions && suggestions.length > 0) ? 'suggested' : 'refused';
}

/** What is built once is built once, whoever calls; and nothing new is said about it. */
function faultsOfHoist({ after }: Comparison, before: readonly Report[], left: readonly Report[]): string[] {
  const faults: string[] = [];
  if (after.built > 1) faults.push(`built ${after.built} times`);
  const fresh = left.filter(({ ruleId }) => answerable.has(ruleId) && !before.some((one) => one.ruleId === ruleId));
  faults.push(...fresh.map(({ ruleId, message }) => `new report, ${ruleId}: ${message}`));
  if (after.alive > 0 && after.unheard > 0) faults.push('nobody hears the errors of what lives on');
  return faults;
}

function formatDifference({ kind, when, original, repaired }: Difference): string {
  return `${kind}: ${when}\n  original: ${original}\n  repaired: ${repaired}`;
}

export function formatFaults({ subject, repaired, faults }: Proof): string {
  return `${subject.name} ${subject.filename}: ${faults.length} faults, the first: ${faults[0]}\n--- original\n${subject.source}\n--- repaired\n${repaired}`;
}

/** That a project checks all of its JavaScript, only its settings say: a repair reads the file alone. */
function isChecked({ language, source }: GeneratedModule): boolean {
  return language === 'ts' || /@ts-check|@param/.test(source);
}

/** Types that fitted before and no longer do. */
export function typeFaults(proofs: readonly Proof[]): string[] {
  const checked = proofs.filter(({ subject, repaired }) => repaired !== subject.source && isChecked(subject));
  const ending = ({ subject }: Proof): string => (subject.language === 'cjs' ? 'js' : subject.language);
  const before = checked.map((proof) => [ending(proof), proof.subject.source] as const);
  const after = checked.map((proof) => [ending(proof), proof.repaired] as const);
  const errors = typeErrors([...before, ...after]);
  return checked.flatMap((proof, index) => {
    const now = errors[checked.length + index]!;
    if (errors[index]!.length > 0 || now.length === 0) return [];
    return [formatFaults({ ...proof, faults: [`types: ${now.join(' | ')}`] })];
  });
}

/** How many modules came out how: silent, refused, suggested, repaired. */
export function count(proofs: readonly Proof[]): Record<Proof['outcome'], number> {
  const number = (outcome: Proof['outcome']): number => proofs.filter((proof) => proof.outcome === outcome).length;
  return {
    silent: number('silent'),
    refused: number('refused'),
    suggested: number('suggested'),
    repaired: number('repaired'),
  };
}

export function countBy(
  proofs: readonly Proof[],
  keyOf: (proof: Proof) => string,
): Record<string, Record<Proof['outcome'], number>> {
  const keys = [...new Set(proofs.map(keyOf))].sort();
  return Object.fromEntries(keys.map((key) => [key, count(proofs.filter((proof) => keyOf(proof) === key))]));
}
