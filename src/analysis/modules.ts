/**
 * Whether an import specifier is the module that a setting means. In: the setting's pattern (`**\/db`, `./src/db`, a
 * package name), the specifier, and the importing file. Paths are resolved by their text alone; no file is read.
 */
export function matchesModule(pattern: string, specifier: string, filename: string): boolean {
  if (pattern === specifier) return true;
  const target = specifier.startsWith('.') ? resolve(filename, specifier) : specifier;
  const path = target.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  const wanted = pattern.replace(/\.[cm]?[jt]sx?$/, '').replace(/^\.\//, '**/');
  return toPattern(wanted).test(path);
}

function resolve(filename: string, specifier: string): string {
  const parts = filename.replace(/\\/g, '/').split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** `**` any folders, `*` anything but a slash. */
function toPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
  return new RegExp(`^${source}$`);
}
