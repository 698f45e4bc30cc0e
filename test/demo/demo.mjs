import fs from 'node:fs';
import path from 'node:path';
import { buildWhenStale } from '../corpus/build.mjs';
import { countProblems, lintService, printDiff, printProblems } from './lint-service.mjs';
import { compile, measure, startPostgres } from './load.mjs';

/** Finds the leaks of a small service, repairs a copy, and puts the same load on both. Exit code 1 when it fails. */

const root = path.join(import.meta.dirname, '../..');
// Inside the project, so that the copies find its packages, and the plugin by its name.
const work = path.join(root, '.cache/demo');
const [before, after] = ['before', 'after'].map((name) => path.join(work, name));
const heading = (text) => console.log(`\n== ${text}\n`);

buildWhenStale();
fs.rmSync(work, { recursive: true, force: true });
for (const folder of [before, after]) {
  fs.cpSync(path.join(import.meta.dirname, 'fixtures/service'), folder, { recursive: true });
}

heading('Find: eslint .');
const found = lintService(before);
printProblems(found, before);
console.log(`${countProblems(found)} problems`);

heading('Repair a copy: eslint --fix .');
const left = lintService(after, '--fix');
printDiff('before', 'after', work);
console.log(`\n${countProblems(found)} problems before, ${countProblems(left)} after`);
printProblems(left, after);

heading('Proof: both versions under the same load, half of the requests fail');
const proven = await prove();
process.exitCode = countProblems(found) > 0 && countProblems(left) === 0 && proven ? 0 : 1;

/** Whether the load shows the leak before and none after; true where there is no PostgreSQL to show it on. */
async function prove() {
  const postgres = await startPostgres(work);
  if (!postgres) {
    console.log('There is no PostgreSQL on this machine, so this part is left out.');
    return true;
  }
  try {
    const rows = {};
    for (const [name, folder] of Object.entries({ before, after })) {
      compile(folder);
      const { requests, answered, hung, checkedOut } = await measure(folder, postgres);
      rows[name] = { requests, answered, hung, 'left checked out': checkedOut };
    }
    console.table(rows);
    return rows.before.hung > 0 && rows.after.hung === 0 && rows.after['left checked out'] === 0;
  } finally {
    await postgres.stop();
  }
}
