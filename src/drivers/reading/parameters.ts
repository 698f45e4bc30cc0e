/** A parameter of a connection string. */
export interface Pair {
  readonly name: string;
  readonly text: string;
}

/** `?a=1&b=2` behind a URL; `Server=db;Max Pool Size=5`, as SQL Server has it. */
export function parametersOf(text: string): readonly Pair[] {
  const isUrl = text.includes('://') || !text.includes(';');
  const [before = ''] = text.split('#');
  const start = before.indexOf('?');
  if (isUrl && start < 0) return [];
  const pairs = isUrl ? before.slice(start + 1).split('&') : text.split(';');
  return pairs
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(pairOf);
}

function pairOf(pair: string): Pair {
  const [name = '', ...rest] = pair.split('=');
  return { name: decoded(name).trim(), text: decoded(rest.join('=')).trim() };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
