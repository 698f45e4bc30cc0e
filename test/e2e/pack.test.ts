import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { npm, root } from './app.ts';

/** What `npm publish` would publish. */

interface Packed {
  readonly files: readonly { path: string }[];
  readonly unpackedSize: number;
}

const [packed] = JSON.parse(npm(root, 'pack', '--dry-run', '--json', '--ignore-scripts')) as [Packed];
const files = packed.files.map((file) => file.path).sort();

/** From the first dot: `.d.ts` is one kind. */
const kindOf = (file: string): string => path.basename(file).replace(/^[^.]*/, '');

/** What kinds of files each folder has: a new file of a known kind changes nothing here. */
function collectKinds(): Record<string, string> {
  const kinds = new Map<string, Set<string>>();
  for (const file of files.filter((one) => one.includes('/'))) {
    const folder = path.dirname(file);
    kinds.set(folder, (kinds.get(folder) ?? new Set()).add(kindOf(file)));
  }
  return Object.fromEntries([...kinds].map(([folder, found]) => [folder, [...found].sort().join(' ')]));
}

describe('the tarball', () => {
  it('has these files at its top', () => {
    expect(files.filter((file) => !file.includes('/'))).toMatchInlineSnapshot(`
      [
        "LICENSE",
        "README.md",
        "package.json",
        "policy.schema.json",
      ]
    `);
  });

  it('has these kinds of files in its folders', () => {
    expect(collectKinds()).toMatchInlineSnapshot(`
      {
        "dist/rules": ".d.ts .js",
        "dist/src": ".d.ts .js",
        "dist/src/analysis": ".d.ts .js",
        "dist/src/analysis/building": ".d.ts .js",
        "dist/src/analysis/options": ".d.ts .js",
        "dist/src/analysis/requests": ".d.ts .js",
        "dist/src/ast": ".d.ts .js",
        "dist/src/drivers": ".d.ts .js",
        "dist/src/drivers/limits": ".d.ts .js",
        "dist/src/drivers/reading": ".d.ts .js",
        "dist/src/files": ".d.ts .js",
        "dist/src/findings": ".d.ts .js",
        "dist/src/fixes": ".d.ts .js",
        "dist/src/fixes/code": ".d.ts .js",
        "dist/src/fixes/global": ".d.ts .js",
        "dist/src/fixes/hoist": ".d.ts .js",
        "dist/src/fixes/imports": ".d.ts .js",
        "dist/src/fixes/listener": ".d.ts .js",
        "dist/src/fixes/module-level": ".d.ts .js",
        "dist/src/fixes/named-pool": ".d.ts .js",
        "dist/src/fixes/options": ".d.ts .js",
        "dist/src/fixes/pool-transaction": ".d.ts .js",
        "dist/src/fixes/pooled": ".d.ts .js",
        "dist/src/fixes/release": ".d.ts .js",
        "dist/src/fixes/release/callback": ".d.ts .js",
        "dist/src/fixes/release/chain": ".d.ts .js",
        "dist/src/fixes/release/rollback": ".d.ts .js",
        "dist/src/fixes/removal": ".d.ts .js",
        "dist/src/fixes/text": ".d.ts .js",
        "dist/src/frameworks": ".d.ts .js",
        "dist/src/policy": ".d.ts .js",
        "dist/src/runtime": ".cjs .d.cts .d.ts .js",
        "dist/src/runtime/drivers": ".d.ts .js",
        "dist/src/runtime/drivers/generic-pool": ".d.ts .js",
        "dist/src/runtime/drivers/lenders": ".d.ts .js",
        "dist/src/runtime/drivers/mariadb": ".d.ts .js",
        "dist/src/runtime/drivers/mongodb": ".d.ts .js",
        "dist/src/runtime/drivers/mysql2": ".d.ts .js",
        "dist/src/runtime/drivers/pg": ".d.ts .js",
        "dist/src/runtime/drivers/postgres": ".d.ts .js",
        "dist/src/runtime/drivers/redis": ".d.ts .js",
        "dist/src/runtime/drivers/sequelize-pool": ".d.ts .js",
        "dist/src/runtime/drivers/tarn": ".d.ts .js",
        "dist/src/runtime/drivers/undici": ".d.ts .js",
        "dist/src/runtime/hooks": ".d.ts .js",
        "dist/src/runtime/limits": ".d.ts .js",
        "dist/src/runtime/metrics": ".d.ts .js",
        "dist/src/runtime/watch": ".d.ts .js",
        "docs/rules": ".md",
      }
    `);
  });

  it('has no tests, no sources and no maps', () => {
    const unwanted = files.filter((file) => /(^|\/)test|(?<!\.d)\.[cm]?ts$|\.map$|tsbuildinfo|fixtures/.test(file));
    // The entries for test runners are called after them.
    expect(unwanted.filter((file) => !/runtime\/testing\.(js|d\.ts)$/.test(file))).toEqual([]);
  });

  it('has the types of each module', () => {
    const modules = files.filter((file) => /\.c?js$/.test(file));
    const types = modules.map((file) => file.replace(/\.(c?)js$/, '.d.$1ts'));
    expect(types.filter((file) => !files.includes(file))).toEqual([]);
    expect(modules.length).toBeGreaterThan(100);
  });

  it('has what package.json exports', () => {
    const { exports } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { exports: object };
    const targets = Object.values(exports).flatMap((entry: string | Record<string, string>) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    expect(targets.map((target) => target.slice(2)).filter((target) => !files.includes(target))).toEqual([]);
  });

  it('stays within its budget', () => {
    // 1.69 MB were measured, in 1096 files; 15 % more is noticed.
    expect(packed.unpackedSize).toBeLessThan(1.15 * 1_691_525);
  });
});

describe('the manifest', () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object };

  it.for(['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies'])('has no %s', (kind) => {
    expect(manifest).not.toHaveProperty(kind);
  });

  it.for(['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'])('runs no %s', (script) => {
    expect(manifest.scripts).not.toHaveProperty(script);
  });
});
