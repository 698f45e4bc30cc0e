import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type { Runtime } from '../policy/policy.ts';

/**
 * Where in the user's code something was checked out or built. Taking a stack costs about 5 µs, fifty times the rest of a
 * checkout: so they come from a budget, and more are taken as soon as something looks lost.
 */

/** Stacks for each step of the clock: at most 512 in a second, 0.3 % of a core. */
const BUDGET = 128;
/** As many more while a connection is held suspiciously long. */
const ARMED = 896;
/** Frames: what object mappers put between the user's line and the driver must fit. */
const DEPTH = 16;

/** A place in the code. Its text is made when somebody reads it, not before. */
export class Origin {
  declare readonly stack: string;
}

/** The stack above the function `below`. */
export function originAbove(below: (...args: never[]) => unknown): Origin {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const origin = new Origin();
  Error.captureStackTrace(origin, below);
  Error.stackTraceLimit = limit;
  return origin;
}

export class Stacks {
  #left = BUDGET;
  #armedLeft = ARMED;
  /** Somebody has held a connection for more than two steps. */
  isArmed = false;
  when: NonNullable<Runtime['stacks']> = 'budget';

  refill(): void {
    this.#left = BUDGET;
    this.#armedLeft = ARMED;
  }

  capture(below: (...args: never[]) => unknown): Origin | undefined {
    if (this.when !== 'budget') return this.when === 'always' ? originAbove(below) : undefined;
    if (this.#left > 0) this.#left -= 1;
    else if (this.isArmed && this.#armedLeft > 0) this.#armedLeft -= 1;
    else return undefined;
    return originAbove(below);
  }
}

const OWN = fileURLToPath(new URL('.', import.meta.url));

/** The line of the user's code: `src/orders.ts:12:18`; without one, the first line of all. */
export function siteOf(origin: Origin | undefined): string | undefined {
  const frames = framesOf(origin);
  return shown(frames.find(isUsers) ?? frames[0]);
}

/** The user's code called the driver itself; no library stands between. */
export function isUsersOwn(origin: Origin): boolean {
  const callers = framesOf(origin).filter((frame) => !/node:|<anonymous>\)?$/.test(frame));
  return callers[0] !== undefined && isUsers(callers[0]);
}

/** The file that called Node, whoever called it. */
export function callerOf(origin: Origin): string | undefined {
  const frame = framesOf(origin).find((one) => !/node:|<anonymous>\)?$/.test(one));
  return frame === undefined ? undefined : placeIn(frame).replace(/:\d+:\d+$/, '');
}

/** The stack without our own frames, one to a line. */
export function traceOf(origin: Origin | undefined): string | undefined {
  return origin && framesOf(origin).join('\n');
}

function framesOf(origin: Origin | undefined): string[] {
  const lines = String(origin?.stack ?? '').split('\n');
  return lines.filter((line) => /^\s+at /.test(line) && !placeIn(line).startsWith(OWN));
}

/** A frame of the user's own code, not of a library or of Node. */
export const isUsers = (frame: string): boolean =>
  frame.trim() !== '' && !/[\\/]node_modules[\\/]|node:|<anonymous>\)?$/.test(frame);

function placeIn(frame: string): string {
  const place = /\(([^()]*)\)\s*$/.exec(frame)?.[1] ?? frame.replace(/^\s+at (?:async )?/, '');
  return place.startsWith('file:') ? fromUrl(place) : place;
}

function fromUrl(place: string): string {
  const position = /(?::\d+){0,2}$/.exec(place)?.[0] ?? '';
  try {
    return fileURLToPath(place.slice(0, place.length - position.length)) + position;
  } catch {
    return place;
  }
}

/** From the working directory, as the user would write it. */
function shown(frame: string | undefined): string | undefined {
  if (frame === undefined) return undefined;
  const place = placeIn(frame);
  const relative = path.isAbsolute(place) ? path.relative(process.cwd(), place) : place;
  return relative.startsWith('..') ? place : relative;
}
