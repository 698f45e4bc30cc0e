import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** One import or re-export of a source file. */
export interface Import {
  /** The importing file, from the top of the project: `rules/require-release.ts`. */
  readonly from: string;
  /** The imported file, likewise; a package or `node:` name when it is none of ours. */
  readonly to: string;
  /** As written. */
  readonly specifier: string;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
}

const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm;

/** Every TypeScript file of a folder, from the top of the project, in order. */
export function collectSources(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .sort();
}

export const readSource = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

export function collectImports(file: string): Import[] {
  return [...readSource(file).matchAll(statement)].map(([, type, specifier = '']) => ({
    from: file,
    to: specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
    specifier,
    typeOnly: type !== undefined,
  }));
}

/** The first circle of imports, as the files on it; nothing when they run one way. */
export function findCircle(imports: readonly Import[]): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of imports.filter(({ from }) => from === file)) {
      const circle = visit(to, [...trail, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const { from } of imports) {
    const circle = visit(from, []);
    if (circle) return circle;
  }
  return undefined;
}
