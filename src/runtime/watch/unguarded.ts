import type { Socket } from 'node:net';
import { modeOf } from '../../policy/mode.ts';
import { fill } from '../../policy/sentences.ts';
import { events } from '../../policy/events.ts';
import { shorten } from '../../policy/words.ts';
import { watchSockets } from '../hooks/index.ts';
import { Origin, siteOf, traceOf } from '../stacks.ts';
import { isFirst, liveGuards, settings, world } from '../world.ts';

/** Connections that no guard has opened: by a bundled driver, by one that was loaded before us, by a refused version. */

const ID = 'runtime/unguarded';

/** The usual ports of the servers whose drivers are guarded. */
const PORTS: ReadonlyMap<number, string> = new Map([
  [5432, 'PostgreSQL'],
  [6432, 'PgBouncer'],
  [3306, 'MySQL'],
  [6379, 'Redis'],
  [27017, 'MongoDB'],
]);

/** Packages that have an adapter: what they open is theirs, whoever called them. */
let guarded: RegExp = /(?!)/;

/** Starts the look at every socket; once for the process. `packages` have an adapter that patched them. */
export function watchUnguarded(packages: readonly string[]): void {
  if (!isFirst('sockets')) return;
  guarded = new RegExp(`[\\\\/]node_modules[\\\\/](?:${packages.join('|')})[\\\\/]`);
  watchSockets((port, host, socket, captureStack) => {
    if (port === undefined || !isDatabase(port)) return;
    const origin = new Origin();
    captureStack(origin);
    note(`${host}:${port}`, origin, socket);
  });
}

function isDatabase(port: number): boolean {
  if (PORTS.has(port)) return true;
  for (const { source } of liveGuards()) if (source.address().port === port) return true;
  return false;
}

function note(address: string, origin: Origin, socket: Socket): void {
  void socket;
  if (guarded.test(origin.stack)) return;
  const site = siteOf(origin);
  report(fill(events[ID].opened, { address, site: shorten(site ?? 'an unknown line', 40) }), address, origin);
}

/** A driver is left as it is. `cause`: why, as a sentence without its period. */
export function reportRefused(driver: string, cause: string): void {
  report(fill(events[ID].refused, { driver, cause }), driver, undefined);
}

function report(message: string, pool: string, origin: Origin | undefined): void {
  world.reporter.emit({
    type: 'violation',
    id: ID,
    message,
    mode: modeOf(settings().policy, ID),
    pool,
    driver: pool,
    site: siteOf(origin),
    stack: traceOf(origin),
    request: undefined,
    holders: [],
    data: {},
  });
}
