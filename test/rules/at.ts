/** The place of a report, for tables of cases: line and column of its start and of its end. */
export const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  line,
  column,
  endLine,
  endColumn,
});
