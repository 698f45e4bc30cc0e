import type { LimitOption, Limits } from '../driver.ts';
import type { Effective, Value } from './meaning.ts';

/**
 * How a pool or client is set up, whoever says so: the text of a program, as the analysis reads it, or the values of a
 * running process. `Place` is what either knows of where a value stands, for its own use. Types only.
 */
export interface Setup<Place = unknown> {
  readonly limits: Limits;
  /** Connection strings that are in view. */
  readonly addresses: readonly Address<Place>[];
  /** Some connection string is not in view: its parameters may say anything. */
  readonly addressOpen: boolean;
  /** What stands at a path of the options: `pool.max`. */
  entry(path: string): Entry<Standing<Place>>;
  /** Whether a condition holds whose option is not in view; undefined: unknown. */
  guess(condition: Condition): boolean | undefined;
  /** The same without what the environment or a caller may add to what its author states. */
  stated(): Setup<Place>;
}

export type Condition = NonNullable<LimitOption['when']>;

/** What stands at a path, or for an option. */
export interface Entry<One> {
  /** All that is possible, the last first. */
  readonly given: readonly One[];
  /** `absent`: surely nothing. `open`: perhaps something that we do not see. `written`: what `given` says. */
  readonly state: 'absent' | 'open' | 'written';
  /** One of `given` holds on every path; where not, the next option or the default may. */
  readonly sure: boolean;
}

/** One of the values that are possible, and how its author writes it, for messages. */
export type Standing<Place = unknown> = Place & { readonly value: Value; readonly text: string };

export interface Address<Place = unknown> {
  readonly parameters: readonly Parameter<Place>[];
  /** Some parameter is computed: others than those listed are possible. */
  readonly open: boolean;
}

export type Parameter<Place = unknown> = Place & { readonly name: string; readonly value: Value };

/** What is written for an option. */
export type Given<Place = unknown> = Standing<Place> & {
  readonly in: 'options' | 'url';
  /** Its path in the options, or the name of the parameter. */
  readonly path: string;
  readonly effective: Effective | undefined;
};

export interface Setting<Place = unknown> extends Entry<Given<Place>> {
  readonly option: LimitOption;
}

/** What holds for a limit: by an option that is written, or by the default. */
export interface Bound<Place = unknown> {
  readonly option: LimitOption;
  readonly given: Given<Place> | undefined;
  readonly effective: Effective | undefined;
}
