import type { Guard } from '../guard.ts';
import { raise } from '../raise.ts';
import { world } from '../world.ts';
import { removeFromUrl, setAt } from './options.ts';
import { judge } from './judge.ts';
import type { Change } from './judge.ts';

/** The limits of a pool, when it is built: reported; under `enforce` written into its options; under `strict` demanded. */

/**
 * `others` are the pools of this process to the same server.
 * @throws PoolError under `strict`, for what is above or beside a stated limit
 */
export function limit(guard: Guard, others: readonly Guard[]): void {
  const connections = others.reduce((sum, { source }) => sum + source.counts().max, 0);
  for (const { changes, data, id, key } of judge(guard, connections)) {
    const error = raise({ guard, id, key, data, origin: guard.origin, request: guard.request });
    // Without a stated limit nothing is refused and nothing is written.
    if (error && changes.length > 0) throw error;
    if (guard.enforces(id) && guard.source.isSettled !== true) for (const change of changes) apply(guard, change);
  }
}

function apply(guard: Guard, { given, key, option, value }: Change): void {
  const { limits, options } = guard.source;
  if (given?.in === 'url') removeFromUrl(limits, options, given.path);
  const path = given?.in === 'options' ? given.path : option.option;
  setAt(options, path, value);
  const before = given === undefined ? undefined : String(given.value);
  const data = { driver: guard.source.driver, option: path, value, key, given: before };
  const message = `\`${path}\` of \`${guard.name}\` is set to ${value} (\`${key}\`).`;
  world.reporter.emit({ type: 'pool-clamp', message, pool: guard.name, data });
}
