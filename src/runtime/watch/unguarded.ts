import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { modeOf } from '../../policy/mode.ts';
import { fill } from '../../policy/sentences.ts';
import { events } from '../../policy/events.ts';
import { shorten } from '../../policy/words.ts';
import { watchSockets } from '../hooks/index.ts';
import { findPlace } from '../hooks/place.ts';
import { isMarked } from '../patched.ts';
import { callerOf, Origin, siteOf, traceOf } from '../stacks.ts';
import { liveGuards, settings, world } from '../world.ts';

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

/** Longer than somebody looks whether the server is up. */
const GRACE_MS = 500;

const { setTimeout } = globalThis;

/** What has an adapter, and the folders of the copies that were patched. */
const packages = new Set<string>();
const folders = new Set<string>();

/** This copy of a driver is guarded. `file` is the one that was patched; a package's name alone, where nobody told by which. */
export function noteGuarded(file: string): void {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const place = findPlace(path);
  if (place) folders.add(path.slice(0, path.length - place.path.length));
  else packages.delete(file);
}

/** Starts the look at every socket; once for the process. `drivers` are packages that have an adapter. */
export function watchUnguarded(drivers: readonly string[]): void {
  // Also for another version of this package, whose drivers we do not know.
  if (isMarked(Socket.prototype)) return;
  for (const driver of drivers) packages.add(driver);
  watchSockets((port, host, socket, captureStack) => {
    if (port === undefined || !isDatabase(port)) return;
    const origin = new Origin();
    captureStack(origin);
    if (isUnguarded(origin)) socket.once('connect', () => noteIfKept(`${host}:${port}`, origin, new WeakRef(socket)));
  });
}

function isDatabase(port: number): boolean {
  if (PORTS.has(port)) return true;
  for (const { source } of liveGuards()) if (source.address().port === port) return true;
  return false;
}

/** By who calls the socket: code that is in no package may be a bundle, and drivers that nobody guards are not our matter. */
function isUnguarded(origin: Origin): boolean {
  const file = callerOf(origin);
  const place = file === undefined ? undefined : findPlace(file);
  if (file === undefined || !place) return file !== undefined;
  return packages.has(place.name) && !folders.has(file.slice(0, file.length - place.path.length));
}

function noteIfKept(address: string, origin: Origin, kept: WeakRef<Socket>): void {
  setTimeout(() => {
    if (kept.deref()?.destroyed !== false) return;
    const site = shorten(siteOf(origin) ?? 'an unknown line', 40);
    report(fill(events[ID].opened, { address, site }), address, origin);
  }, GRACE_MS).unref();
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
