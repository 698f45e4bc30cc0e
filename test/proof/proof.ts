import type { Case } from './cases.ts';
import type { ViolationKind } from '../support/stub-world.ts';
import { compareOnStub, type Comparison, type Difference } from './differential.ts';
import { applySuggestions, collectLosses, fix, isLeakReport, lint, type Report } from './repair.ts';

/** What lints and repairs: the rules, or a stand-in where the proof itself is tested. */
export interface Repairer {
  readonly lint: (source: string) => Report[];
  readonly fix: (source: string) => string;
}

const rules: Repairer = { lint, fix };

/** What the proof found out about one function. */
export interface Proof {
  readonly subject: Case;
  readonly reports: readonly Report[];
  /** The text after `--fix`; the same text when nothing was repaired. */
  readonly repaired: string;
  readonly comparison: Comparison;
  /** Reports on the repaired text. */
  readonly remaining: readonly Report[];
  readonly leaks: boolean;
  readonly reported: boolean;
  readonly fixed: boolean;
  /** Everything that is wrong with the repair. */
  readonly faults: readonly string[];
}

export async function prove(subject: Case, repairer = rules): Promise<Proof> {
  const reports = repairer.lint(subject.source);
  const repaired = repairer.fix(subject.source);
  const comparison = await compareOnStub(subject.source, repaired, subject.dialect);
  const fixed = repaired !== subject.source;
  const remaining = fixed ? lintAgain(repaired, repairer) : reports;
  const proof = {
    subject,
    reports,
    repaired,
    comparison,
    remaining,
    fixed,
    leaks: comparison.originalLeaks.length > 0,
    reported: reports.some(isLeakReport),
  };
  return { ...proof, faults: fixed ? findFaults(proof, repairer) : [] };
}

/** A text that does not parse shows in the comparison. */
function lintAgain(repaired: string, repairer: Repairer): Report[] {
  try {
    return repairer.lint(repaired);
  } catch {
    return [];
  }
}

function findFaults({ subject, comparison, remaining, repaired }: Omit<Proof, 'faults'>, repairer: Repairer): string[] {
  const faults = comparison.differences.map(formatDifference);
  if (comparison.differences.some(({ kind }) => kind === 'does not parse')) return faults;
  faults.push(...collectLosses(subject.source, repaired));
  // A connection may stay out only where the rule still says so, and nowhere where the original gave it back.
  const isFree = !remaining.some(isLeakReport);
  if (isFree) faults.push(...comparison.repairedLeaks.map((when) => `still leaks, unreported: ${when}`));
  if (remaining.length > 0 && repairer.fix(repaired) !== repaired) faults.push('the repaired text is repaired again');
  return faults;
}

/** What is wrong with each suggestion, applied alone. A suggestion may change what the function answers. */
export async function proveSuggestions(subject: Case): Promise<{ applied: number; faults: string[] }> {
  const suggestions = applySuggestions(subject.source, lint(subject.source));
  const faults: string[] = [];
  for (const [title, output] of suggestions) {
    const { differences } = await compareOnStub(subject.source, output, subject.dialect);
    const wrong = differences.filter(({ kind }) => harmful.has(kind)).map(formatDifference);
    if (wrong.length > 0) faults.push(`${title}\n${output}\n${wrong[0]}`);
  }
  return { applied: suggestions.length, faults };
}

const harmful: ReadonlySet<string> = new Set([
  'does not parse',
  'hangs',
  'leaks',
  'released twice',
  'returned inside a transaction',
  'used after release',
]);

function formatDifference({ kind, when, original, repaired }: Difference): string {
  return `${kind}: ${when}\n  original: ${original}\n  repaired: ${repaired}`;
}

export function formatFaults({ subject, repaired, faults }: Proof): string {
  return `${subject.name}: ${faults.length} faults, the first: ${faults[0]}\n--- original\n${subject.source}\n--- repaired\n${repaired}`;
}

export interface Counts {
  generated: number;
  leaking: number;
  reported: number;
  fixed: number;
  equivalent: number;
  missed: number;
  falsely: number;
}

export function count(proofs: readonly Proof[]): Counts {
  const number = (test: (proof: Proof) => boolean): number => proofs.filter(test).length;
  return {
    generated: proofs.length,
    leaking: number(({ leaks }) => leaks),
    reported: number(({ reported }) => reported),
    fixed: number(({ fixed }) => fixed),
    equivalent: number(({ fixed, faults }) => fixed && faults.length === 0),
    missed: number(({ leaks, reported }) => leaks && !reported),
    falsely: number(({ leaks, reported }) => !leaks && reported),
  };
}

export function countByConstruct(proofs: readonly Proof[]): Record<string, Counts> {
  const groups = new Map<string, Proof[]>();
  for (const proof of proofs) {
    const { construct } = proof.subject;
    groups.set(construct, [...(groups.get(construct) ?? []), proof]);
  }
  const rows = [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([construct, members]) => [construct, count(members)] as const);
  return { ...Object.fromEntries(rows), all: count(proofs) };
}

const violationsOf: Readonly<Record<string, readonly ViolationKind[]>> = {
  'pool/no-double-release': ['released twice'],
  'pool/no-use-after-release': ['used after release', 'released in flight'],
};

/** What a rule and the stub say about one function, where they do not agree. */
export function disagreement(ruleId: string, { reports, comparison }: Proof): 'falsely' | 'missed' | undefined {
  const isWrong = (violationsOf[ruleId] ?? []).some((kind) => comparison.originalViolations.has(kind));
  const isReported = reports.some((report) => report.ruleId === ruleId);
  if (isWrong === isReported) return undefined;
  return isWrong ? 'missed' : 'falsely';
}

/** How the other rules agree with what happens on the stub. */
export function countByRule(proofs: readonly Proof[]): Record<string, Partial<Counts>> {
  const rows = Object.keys(violationsOf).map((ruleId) => {
    const verdicts = proofs.map((proof) => disagreement(ruleId, proof));
    const reported = proofs.filter(({ reports }) => reports.some((report) => report.ruleId === ruleId)).length;
    const number = (wanted: string): number => verdicts.filter((verdict) => verdict === wanted).length;
    return [ruleId, { reported, missed: number('missed'), falsely: number('falsely') }] as const;
  });
  return Object.fromEntries(rows);
}
