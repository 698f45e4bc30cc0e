import type { ViolationId } from './violations.ts';

/** The vocabulary in which schema.ts describes the keys of a policy. Validation, JSON schema and docs read it. */

interface Described {
  /** One sentence without its period, for the docs and for editors. */
  readonly what: string;
}

/** A whole number. */
export interface WholeKey extends Described {
  readonly kind: 'whole';
  readonly least: 0 | 1;
  readonly most?: number;
  readonly unit?: 'milliseconds';
  readonly fallback?: number;
}

/** The one value that is accepted. */
export interface ConstantKey extends Described {
  readonly kind: 'constant';
  readonly value: number;
}

export interface TextKey extends Described {
  readonly kind: 'text';
  readonly fallback?: string;
}

/** One of a few words, each with what it means. */
export interface WordKey extends Described {
  readonly kind: 'word';
  readonly words: Readonly<Record<string, string>>;
  readonly fallback?: string;
}

/** Names of the user's own, or `names`, each with the same kind of value. */
export interface MapKey extends Described {
  readonly kind: 'map';
  readonly names?: Readonly<Record<string, string>>;
  readonly entry: Key;
}

export interface SectionKey extends Described {
  readonly kind: 'section';
  readonly keys: Readonly<Record<string, Key>>;
}

export type Key = WholeKey | ConstantKey | TextKey | WordKey | MapKey | SectionKey;

/** The descriptions that fit the interface `T`: every key of it, no other, and each of the right kind. */
export type KeysOf<T> = { readonly [K in keyof T]-?: KeyOf<NonNullable<T[K]>> };

type KeyOf<T> = [T] extends [number]
  ? NumberKeyOf<T>
  : [T] extends [string]
    ? TextKeyOf<T>
    : string extends keyof T
      ? MapKey & { readonly entry: SectionOf<T[keyof T]> }
      : [keyof T] extends [ViolationId]
        ? MapKey & {
            readonly names: Readonly<Record<ViolationId, string>>;
            readonly entry: KeyOf<NonNullable<T[keyof T]>>;
          }
        : SectionOf<T>;

type NumberKeyOf<T> = number extends T ? WholeKey : ConstantKey & { readonly value: T };
type TextKeyOf<T extends string> = string extends T
  ? TextKey
  : WordKey & { readonly words: Readonly<Record<T, string>> };
type SectionOf<T> = SectionKey & { readonly keys: KeysOf<T> };
