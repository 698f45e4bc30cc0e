import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Runs ESLint's own command line in a folder, the way a user does. */

const manifest = createRequire(import.meta.url).resolve('eslint/package.json');
const command = path.join(path.dirname(manifest), 'bin/eslint.js');

/** @returns {import('eslint').ESLint.LintResult[]} */
export function lintService(folder, ...options) {
  const args = [command, '--format', 'json', ...options, '.'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (!stdout.startsWith('[')) throw new Error(`ESLint failed: ${stderr}${stdout}`);
  return JSON.parse(stdout);
}

export const countProblems = (results) => results.reduce((total, { messages }) => total + messages.length, 0);

export function printProblems(results, folder) {
  for (const { filePath, messages } of results) {
    const lines = messages.length > 0 ? fs.readFileSync(filePath, 'utf8').split('\n') : [];
    for (const message of messages) {
      const { line, column, ruleId, message: text } = message;
      const endColumn = message.endLine === line ? message.endColumn : lines[line - 1].length + 1;
      console.log(`${path.relative(folder, filePath)}:${line}:${column}  ${ruleId ?? 'error'}`);
      console.log(`  ${String(line).padStart(4)} | ${lines[line - 1]}`);
      console.log(`       | ${' '.repeat(column - 1)}${'^'.repeat(Math.max(1, endColumn - column))}`);
      console.log(`  ${text}\n`);
    }
  }
}
