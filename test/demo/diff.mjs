import fs from 'node:fs';
import path from 'node:path';

/** The lines that differ between two folders with the same files, without help from Git. */

export function printDiff(before, after) {
  for (const name of fs.readdirSync(before).sort()) {
    const [old, fresh] = [before, after].map((folder) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n'));
    const changes = compare(old, fresh);
    if (changes.some(([mark]) => mark !== ' ')) console.log(`--- ${name}\n${shorten(changes).join('\n')}\n`);
  }
}

/** Each line with its mark: the longest common sequence stays. */
function compare(old, fresh) {
  const common = old.map(() => new Array(fresh.length + 1).fill(0));
  common.push(new Array(fresh.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      common[i][j] = old[i] === fresh[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const changes = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const isSame = old[i] === fresh[j];
    const isGone = !isSame && (j === fresh.length || (i < old.length && common[i + 1][j] >= common[i][j + 1]));
    changes.push(isGone ? ['-', old[i]] : [isSame ? ' ' : '+', fresh[j]]);
    if (isSame || isGone) i++;
    if (!isGone) j++;
  }
  return changes;
}

/** The changed lines with one around them, `…` for what is left out. */
function shorten(changes) {
  const isNear = (index) => [index - 1, index, index + 1].some((place) => changes[place] && changes[place][0] !== ' ');
  return changes.flatMap(([mark, line], index) => {
    if (isNear(index)) return [`${mark} ${line}`.trimEnd()];
    return isNear(index - 1) && index < changes.length - 1 ? ['  …'] : [];
  });
}
