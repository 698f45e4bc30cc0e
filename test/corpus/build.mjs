import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const entry = path.join(root, 'dist/src/index.js');

/** Compiles the plugin when `dist` is missing or older than a source. */
export function buildWhenStale() {
  const built = fs.existsSync(entry) ? fs.statSync(entry).mtimeMs : 0;
  if (newest('src') <= built && newest('rules') <= built) return;
  console.error('Building the plugin …');
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: root, stdio: 'inherit' });
  if (status === 0) fs.utimesSync(entry, new Date(), new Date());
  else if (!fs.existsSync(entry)) throw new Error('The plugin does not compile.');
}

function newest(folder) {
  const names = fs.readdirSync(path.join(root, folder), { recursive: true });
  return Math.max(...names.map((name) => fs.statSync(path.join(root, folder, name)).mtimeMs));
}

/** The compiled plugin, with the analysis behind it. */
export async function loadPlugin() {
  buildWhenStale();
  const { default: plugin } = await import('../../dist/src/index.js');
  const { fileFacts } = await import('../../dist/src/analysis/index.js');
  const { mayHold } = await import('../../dist/src/analysis/gate.js');
  return { plugin, fileFacts, mayHold };
}
