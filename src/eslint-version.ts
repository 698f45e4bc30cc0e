import { createRequire } from 'node:module';

const oldest: readonly [major: number, minor: number] = [9, 15];

/**
 * The versions of ESLint loaded in this process. Read from the module cache, where ESLint leaves its own
 * package.json: importing `eslint` would need it as a dependency. Other linters leave nothing there.
 */
function collectLoadedVersions(): string[] {
  const cache = createRequire(import.meta.url).cache as Readonly<Record<string, { exports?: unknown } | undefined>>;
  return Object.keys(cache)
    .filter((file) => /[\\/]package\.json$/.test(file))
    .map((file) => (cache[file]?.exports ?? {}) as { name?: unknown; version?: unknown })
    .flatMap(({ name, version }) => (name === 'eslint' && typeof version === 'string' ? [version] : []));
}

/** Newer majors than the tested ones count as supported: they are the user's to try. */
export function isSupportedEslint(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** Throws one clear sentence when the ESLint that loads us is too old. An editor may have loaded several. */
export function assertEslintVersion(loaded: readonly string[] = collectLoadedVersions()): void {
  if (loaded.length === 0 || loaded.some(isSupportedEslint)) return;
  throw new Error(
    `eslint-plugin-pool supports ESLint ^9.15.0 || ^10.0.0, and this is ESLint ${loaded.join(', ')}: update eslint.`,
  );
}
