interface Place {
  readonly cwd: string;
  readonly filename: string;
}

/** What to import from in this file: a path of the settings counts from the project's root. None for the file itself. */
export function specifierFrom({ cwd, filename }: Place, module: string): string | undefined {
  if (!/^\.{1,2}\//.test(module)) return module;
  const root = partsOf(cwd);
  const file = partsOf(filename);
  const isAbsolute = /^(?:[/\\]|[a-z]:)/i.test(filename);
  const target = follow(root, partsOf(module));
  const own = isAbsolute ? file : follow(root, file);
  if (plain(own) === plain(target)) return undefined;
  const from = own.slice(0, -1);
  const different = from.findIndex((one, index) => one !== target[index]);
  const shared = different === -1 ? from.length : different;
  const up = from.slice(shared).map(() => '..');
  return [...(up.length > 0 ? up : ['.']), ...target.slice(shared)].join('/');
}

function partsOf(path: string): string[] {
  return path.split(/[/\\]+/).filter((one) => one !== '' && one !== '.');
}

function follow(from: readonly string[], parts: readonly string[]): string[] {
  const path = [...from];
  for (const one of parts) {
    if (one === '..') path.pop();
    else path.push(one);
  }
  return path;
}

function plain(parts: readonly string[]): string {
  return parts.join('/').replace(/\.[cm]?[jt]sx?$/, '');
}
