/** What a repair does to one file. */
export interface Change {
  readonly name: string;
  readonly filename?: string;
  readonly settings?: object;
  /** The file as a difference: `-` is what goes, `+` what comes, a blank what stays. An empty line stays. */
  readonly change: string;
}

/** The text of one side: without the lines of `other`. */
export function sideOf({ change }: Pick<Change, 'change'>, other: '+' | '-'): string {
  const lines = change.slice(1).split('\n');
  return lines
    .filter((line) => !line.startsWith(other))
    .map((line) => line.slice(1))
    .join('\n');
}
