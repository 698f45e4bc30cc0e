/** What is printed. A step is written over on a terminal; where the output is kept it has its line, its parts have none. */

const { stdout } = process;

export function heading(text) {
  clear();
  console.log(`\n== ${text}\n`);
}

export function step(text) {
  if (stdout.isTTY) part(text);
  else console.log(`${text} …`);
}

export function part(text) {
  if (stdout.isTTY) stdout.write(`\r\x1B[K${text} …`);
}

export function clear() {
  if (stdout.isTTY) stdout.write('\r\x1B[K');
}

/** @param {Record<string, Record<string, number>>} rows */
export function printTable(rows) {
  const columns = Object.keys(Object.values(rows)[0]);
  const first = Math.max(...Object.keys(rows).map((name) => name.length));
  const print = (name, cells) =>
    console.log([name.padEnd(first), ...cells.map((cell, at) => String(cell).padStart(columns[at].length))].join('  '));
  clear();
  print('', columns);
  for (const [name, row] of Object.entries(rows)) print(name, Object.values(row));
  console.log();
}
