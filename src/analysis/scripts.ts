import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf, isFunction } from '../ast/functions.ts';
import { nodeAt } from '../ast/node-at.ts';
import { propertyName } from '../ast/property-name.ts';

import { frameworks } from '../frameworks/index.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

const FOLDERS =
  /(?:^|[\\/])(?:tests?|testing|test[-_][\w-]+|test(?:utils?|helpers?|support|containers)|[\w.-]+[-_]tests?|__tests__|__test-?utils__|__mocks__|__fixtures__|e2e|playwright|cypress|specs?|fixtures|examples?|samples?|demos?|benchmarks?|bench)[\\/]/i;
// What a test imports, whatever it is called.
const RUNNERS =
  /(?:\bfrom|\brequire\()\s*['"](?:vitest|@jest\/globals|node:test|mocha|ava|@playwright\/test|testcontainers|@testcontainers\/[\w-]+)['"]/;
// A part of an application may have such a name: `apps/docs/src/app/api/search/route.ts`.
const TOOLS =
  /(?:^|[\\/])(?:scripts?|bin|cli|(?<!server[\\/])tasks|tools?|migrat(?:e|ions?)[\w-]*|[\w-]+[-_]migrations?|seeds?|seeders?|docs?)[\\/]/i;
const FILES =
  /(?:^|[\\/.-])(?:test|tests|tst|spec|(?:test|bench)\.\w+|bench|seed|migrate|migration|e2e|cli|command|config|gulpfile|gatsby-node|Gruntfile)\.[cm]?[jt]sx?$/i;
// What stands before `.main` is looked at last: looking for it first takes three times as long.
const ENDS = /\.main\b(?:(?<=\bimport\.meta\.main)|(?<=\brequire\.main)\s*===?\s*module\b)|\bisMainThread\b/;

const SERVES = /\.listen\(|\bcreateServer\(|\bserve\(|\bSIGTERM\b|\bSIGINT\b/;

/**
 * Whether a file is run once and ends: a script, a worker, a migration, a test. The end of the process closes the connections
 * that it opened for itself, so only what is taken from a pool matters there. By the file's path and its text.
 */
export function isScript(sourceCode: SourceCode, filename: string): boolean {
  const { text } = sourceCode;
  if (FOLDERS.test(filename) || FILES.test(filename) || RUNNERS.test(text)) return true;
  if (text.startsWith('#!') || ENDS.test(text)) return true;
  if (TOOLS.test(filename) && !isServed(filename)) return true;
  // A server exits when it fails to start or is told to stop.
  return text.includes('process.exit(') && !runsServer(sourceCode) && exits(sourceCode);
}

/** It listens for requests, or is told when to stop. */
export function runsServer({ text }: SourceCode): boolean {
  return SERVES.test(text);
}

/** A file that a framework finds by its path and calls for each request. */
function isServed(filename: string): boolean {
  const path = filename.replaceAll('\\', '/');
  return frameworks.some(({ files = [] }) =>
    files.some(({ exports, path: pattern }) => exports.includes('GET') && new RegExp(pattern).test(path)),
  );
}

/** It exits by itself: not in a listener or in the handler of a rejection, where a service gives up. */
function exits(sourceCode: SourceCode): boolean {
  const { text } = sourceCode;
  const calls = Array.from(text.matchAll(/\bprocess\.exit\(/g), ({ index }) => nodeAt(sourceCode, index));
  return calls.some((node) => node.type !== 'Program' && !isGivingUp(node));
}

function isGivingUp(node: TSESTree.Node): boolean {
  for (let fn = holderOf(node); isFunction(fn); fn = holderOf(fn)) {
    const callee = fn.parent.type === 'CallExpression' ? fn.parent.callee : undefined;
    const name = callee?.type === 'MemberExpression' ? propertyName(callee) : undefined;
    if (/^(?:on|once|addListener)$/.test(name ?? '')) return true;
    // `main().catch(…)` of a module is how a script ends.
    if (name === 'catch' && isFunction(holderOf(fn.parent))) return true;
  }
  return false;
}
