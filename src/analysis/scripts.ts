import type { TSESLint } from '@typescript-eslint/utils';

const FOLDERS =
  /(?:^|[\\/])(?:scripts?|bin|cli|(?<!server[\\/])tasks|tools|migrations?|seeds?|seeders?|tests?|__tests__|__mocks__|e2e|specs?|fixtures|examples?|samples?|demos?|docs?|benchmarks?|bench)[\\/]/i;
const FILES = /(?:^|[\\/.-])(?:test|tests|spec|bench|seed|migrate|migration|e2e)\.[cm]?[jt]sx?$/i;
const ENDS = /^#!|\brequire\.main\s*===?\s*module\b|\bimport\.meta\.main\b|\bisMainThread\b/;

const SERVES = /\.listen\(|\bcreateServer\(|\bserve\(|\bSIGTERM\b|\bSIGINT\b/;

/**
 * Whether a file is run once and ends: a script, a worker, a migration, a test. The end of the process closes the connections
 * that it opened for itself, so only what is taken from a pool matters there. By the file's path and its text.
 */
export function isScript({ text }: Readonly<TSESLint.SourceCode>, filename: string): boolean {
  if (FOLDERS.test(filename) || FILES.test(filename) || ENDS.test(text)) return true;
  // A server exits when it fails to start or is told to stop.
  return /\bprocess\.exit\(/.test(text) && !SERVES.test(text);
}
