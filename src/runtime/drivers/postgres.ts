import type { Adapter } from '../adapter.ts';
import { adopt, adoptBuilding } from '../adopt.ts';
import { guardOf } from '../guard.ts';
import { spread } from '../limits/lifetime.ts';
import { isMarked } from '../patched.ts';
import { originAbove } from '../stacks.ts';
import { reportRefused } from '../watch/unguarded.ts';
import { findMissing, sourceOf } from './postgres/source.ts';
import type { Sql } from './postgres/source.ts';
import { patchSql } from './postgres/sql.ts';

/**
 * postgres.js. Read in postgres 3.4.9, cjs/src. It exports one function, and all that it builds are closures: the function
 * goes through `wrap`, and each `sql` is patched by itself.
 */
export const postgres: Adapter = {
  driver: 'postgres',
  // No file: what a package is exported as is not patched in its place.
  entries: { postgres: /(?!)/ },
  recognizes: isFactory,
  patch: (exports) => (isFactory(exports) ? 'a function cannot be guarded in its place' : undefined),
  guard(target, options) {
    if (typeof target !== 'function' || findMissing(target as Sql) !== undefined) return undefined;
    const sql = target as Sql;
    const guard = adopt({ ...sourceOf(sql, []), target: sql, isSettled: true }, options);
    patchSql(sql, guard);
    return guard;
  },
  source: { entries: { postgres: /^(?:cjs\/)?src\/index\.js$/ }, wrap: (exported) => wrap(exported as Factory) },
};

/** `postgres(url, options)`. */
type Factory = (...args: unknown[]) => Sql;

function isFactory(exports: unknown): exports is Factory {
  return typeof exports === 'function' && 'PostgresError' in exports && 'BigInt' in exports;
}

const wrapped = new WeakMap<Factory, Factory>();

function wrap(factory: Factory): Factory {
  const known = wrapped.get(factory);
  // Another copy of this package was first.
  if (known || isMarked(factory)) return known ?? factory;
  const apply = (_factory: Factory, _this: unknown, args: unknown[]): Sql => build(factory, args, apply);
  const proxy = new Proxy(factory, { apply });
  wrapped.set(factory, proxy).set(proxy, proxy);
  return proxy;
}

/** Opens nothing yet. Options that were parsed once are taken as they are: cjs/src/index.js:430. */
function build(factory: Factory, args: unknown[], trap: (...args: never[]) => unknown): Sql {
  const first = factory(...args);
  const missing = findMissing(first);
  if (missing !== undefined) {
    reportRefused('postgres', `its \`sql\` has no \`${missing}\``);
    return first;
  }
  const { options } = first;
  const guard = adoptBuilding(sourceOf(first, args), { origin: originAbove(trap) }, (isEnforced) => {
    if (!isEnforced) return first;
    if (typeof options['max_lifetime'] === 'number') spread(options, 'max_lifetime');
    return factory(options);
  });
  const sql = guard.source.target as Sql;
  patchSql(sql, guardOf(sql) ?? guard);
  return sql;
}
