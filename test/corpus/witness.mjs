/** Says for a report where its connection was taken and what loses it, out of the facts of the file. */

/** @returns {{ taken?: number, lost?: number, reason: string, about?: string }} */
export function witnessOf(message, facts) {
  const isHere = (node) => node.loc.start.line === message.line && node.loc.start.column + 1 === message.column;
  const own = { lost: message.line, reason: message.messageId };
  for (const verdict of facts?.verdicts ?? []) {
    const { checkout, leaks, secondReleases, lateUses, unawaitedReturns } = verdict;
    const leak = isHere(checkout.site) ? leakOf(leaks, message) : undefined;
    const found = { taken: checkout.site.loc.start.line, reason: message.messageId, about: describe(checkout) };
    if (leak) return { ...found, lost: leak.witness.loc.start.line };
    if ([...secondReleases, ...lateUses, ...unawaitedReturns].some(isHere)) return { ...found, lost: message.line };
  }
  return own;
}

/** The one that the rule names: see `worst` there. */
function leakOf(leaks, { messageId }) {
  const same = leaks.filter(({ reason }) => reason === messageId);
  return same.find(({ unlikely }) => !unlikely) ?? same[0];
}

function describe({ driver, certainty, form, name, releases }) {
  const lines = releases.map(({ loc }) => loc.start.line).join(', ') || 'none';
  return `${driver.name}, ${certainty}, ${form}, \`${name}\`, given back in lines: ${lines}`;
}

/** The lines around the report; `>` marks its own, `+` where taken, `!` what loses it. */
export function excerpt(code, { line, endLine = line }, { taken, lost }, context) {
  const lines = code.split(/\r?\n/);
  const marked = [line, taken, lost].filter((one) => one !== undefined);
  const wanted = new Set();
  for (const one of new Set([...marked, Math.min(endLine, line + context)])) {
    for (let at = Math.max(1, one - context); at <= Math.min(lines.length, one + context); at++) wanted.add(at);
  }
  const out = [];
  let before = 0;
  for (const at of [...wanted].sort((a, b) => a - b)) {
    if (before && at > before + 1) out.push('        …');
    const mark = `${at === line ? '>' : ' '}${at === taken ? '+' : ' '}${at === lost ? '!' : ' '}`;
    out.push(`  ${mark}${String(at).padStart(5)} | ${lines[at - 1].slice(0, 200)}`);
    before = at;
  }
  return out.join('\n');
}
