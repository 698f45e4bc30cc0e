import path from 'node:path';
import type { TSESLint } from '@typescript-eslint/utils';
import { drivers } from '../drivers/index.ts';
import { findNearest, readText } from '../files/nearest.ts';
import { frameworks } from '../frameworks/index.ts';
import { browserLibraries, servers } from '../frameworks/packages.ts';
import { runsServer } from './scripts.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Where a file is on disk. A text without a name counts as a file of the working directory. */
export interface Place {
  readonly cwd: string;
  readonly filename: string;
}

/**
 * Whether a file runs where nobody else waits for the same connections: in a browser, in an app. In: the file and its
 * place. Out: yes or no. By its text, else by its package: a module that only asks for data looks the same on both
 * sides. What imports the file, and what bundlers are told, is not followed.
 */
export function runsInBrowser(sourceCode: SourceCode, place: Place): boolean {
  const { text } = sourceCode;
  if (BROWSER.test(text)) return true;
  return !NODE.test(text) && !runsServer(sourceCode) && isForBrowsers(dependenciesOf(place));
}

const BROWSER =
  /\bfrom\s*['"](?:react(?:-dom)?|vue|svelte|solid-js|@angular\/core)['"]|\b(?:window|document|localStorage|sessionStorage)\.|\bimport\.meta\.env\b/;
// A function beside the pages, a script. Other modules of Node (`path`, `url`, `events`) bundlers put into pages.
const NODE = /(?:\bfrom|\bimport|\brequire\()\s*['"](?:node:|(?:fs|https?|net|tls|child_process|worker_threads)['"/])/;

/** The names in the nearest `package.json`. One that is missing or broken says nothing; those above are of others. */
function dependenciesOf({ cwd, filename }: Place): string[] {
  const found = findNearest(path.dirname(path.resolve(cwd, filename)), 'package.json');
  if (found === undefined) return [];
  try {
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = JSON.parse(readText(found));
    return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies });
  } catch {
    return [];
  }
}

/** With a server or a pool in it, a package has two sides, and says nothing about one of its files. */
function isForBrowsers(dependencies: readonly string[]): boolean {
  return dependencies.some((one) => browserLibraries.includes(one)) && !dependencies.some(isOfServers);
}

function isOfServers(dependency: string): boolean {
  return serving.has(dependency) || serving.has(dependency.replace(/\/.*/, '/'));
}

/** Packages, and scopes that end in a slash, which serve requests or hold what a pool lends. */
const serving: ReadonlySet<string> = new Set([
  ...servers,
  ...frameworks.flatMap(({ modules, packages = modules }) => packages.map(packageOf)),
  // Plain HTTP clients own nothing: browsers have them, too.
  ...drivers
    .filter(({ kinds }) => Object.values(kinds).some(({ lease, owns }) => lease ?? owns))
    .flatMap(({ modules }) => modules.map(packageOf)),
]);

/** `mysql2/promise` → `mysql2`, `nuxt/` → `nuxt`; `@nestjs/` stays the whole scope. */
function packageOf(module: string): string {
  return /^(?:@[^/]+\/)?[^/]*/.exec(module)?.[0] ?? module;
}
