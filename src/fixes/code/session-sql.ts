/** Statements that leave something on a connection, at the start of a text or behind a `;`. */
const LEAVING =
  /(?:^|;)\s*(?:SET\s+(?!LOCAL\b|TRANSACTION\b)\w|RESET\s|(?:UN)?LISTEN\s|USE\s|PREPARE\s|DISCARD\s|LOCK\s+TABLES\b|CREATE\s+(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+)?TEMP)/i;
/** Functions and variables that do. The third argument of `set_config` limits it to the transaction. */
const LEAVING_INSIDE =
  /\bpg_(?:try_)?advisory_lock|\bset_config\s*\((?![^()]*,\s*true\s*\))|\bGET_LOCK\s*\(|\bINTO\s+TEMP|@\w+\s*:=/i;
/** Statements that work on what others have left, or go on for longer than the call. */
const TIED =
  /(?:^|;)\s*(?:EXECUTE|DEALLOCATE|DECLARE|FETCH|LOAD|COPY|HANDLER|XA|UNLOCK|FLUSH)\b|\bpg_advisory_unlock\w*|\bpg_backend_pid\b|\bRELEASE_LOCK\s*\(|\bCONNECTION_ID\s*\(|\bON\s+COMMIT\b/i;

/** The next one who gets the connection would meet what the SQL leaves there: settings, locks, listeners, tables. */
export function leavesState(sql = ''): boolean {
  const bare = withoutComments(sql);
  return LEAVING.test(bare) || LEAVING_INSIDE.test(bare);
}

/** The SQL is meant for this very connection. */
export function needsConnection(sql: string): boolean {
  return leavesState(sql) || TIED.test(withoutComments(sql));
}

function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
}
