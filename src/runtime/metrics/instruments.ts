import type { Figures } from './figures.ts';

/** The metrics that the semantic conventions of OpenTelemetry name for pools of database clients. */

/** One number for each pool, or one for each state of its connections. */
export interface Instrument {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  /** It only grows. */
  readonly isCounter?: true;
  /** Undefined where it is not known. */
  readonly values: (figures: Figures) => readonly (readonly [value: number | undefined, state?: string])[];
}

const PREFIX = 'db.client.connection';
export const POOL = `${PREFIX}.pool.name`;
export const STATE = `${PREFIX}.state`;

export const instruments: readonly Instrument[] = [
  {
    name: `${PREFIX}.count`,
    unit: '{connection}',
    description: 'The number of connections that are currently in the state.',
    values: ({ idle, used }) => [
      [idle, 'idle'],
      [used, 'used'],
    ],
  },
  {
    name: `${PREFIX}.max`,
    unit: '{connection}',
    description: 'The maximum number of open connections allowed.',
    values: ({ max }) => [[max]],
  },
  {
    name: `${PREFIX}.idle.max`,
    unit: '{connection}',
    description: 'The maximum number of idle open connections allowed.',
    values: ({ idleMax }) => [[idleMax]],
  },
  {
    name: `${PREFIX}.idle.min`,
    unit: '{connection}',
    description: 'The minimum number of idle open connections allowed.',
    values: ({ idleMin }) => [[idleMin]],
  },
  {
    name: `${PREFIX}.pending_requests`,
    unit: '{request}',
    description: 'The number of requests that wait for an open connection.',
    values: ({ waiting }) => [[waiting]],
  },
  {
    name: `${PREFIX}.timeouts`,
    unit: '{timeout}',
    description: 'The number of requests that got no connection in time.',
    isCounter: true,
    values: ({ timeouts }) => [[timeouts]],
  },
];

export const USE_TIME = {
  name: `${PREFIX}.use_time`,
  unit: 's',
  description: 'The time between checking out a connection and giving it back.',
} as const;

export interface Point {
  readonly value: number;
  readonly attributes: Record<string, string>;
}

export function pointsOf({ values }: Instrument, figures: Figures): Point[] {
  return values(figures).flatMap(([value, state]) => {
    if (value === undefined) return [];
    const pool = { [POOL]: figures.name };
    return [{ value, attributes: state === undefined ? pool : { ...pool, [STATE]: state } }];
  });
}
