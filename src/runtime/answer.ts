/** What a server answers to a statement. */
export interface Answer {
  /** None where the statement gives none. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** PostgreSQL's own word for what it did: `SELECT`, `COMMIT`. */
  readonly command?: string | undefined;
}

/** Of what MySQL's drivers give: rows, or a summary in their place. */
export const answerOf = (result: unknown): Answer => ({
  rows: Array.isArray(result) ? (result as Answer['rows']) : [],
});
