/** What a test says of a framework: snippets in which `new Pool()` stands. `Pool` is imported by the test. */
export interface Rows {
  /** It stands in a slot; `what` is the slot's. */
  readonly repeated: Readonly<Record<string, Repeated>>;
  /** It runs once, or nothing says that it runs more often. */
  readonly once: Readonly<Record<string, Snippet>>;
  /** A pool for each request is right: nothing is said of it. */
  readonly perRequest?: Readonly<Record<string, Snippet>>;
  /** Paths whose code a development server loads again, and others. */
  readonly reloads?: { readonly again: readonly string[]; readonly never: readonly string[] };
}

export interface Snippet {
  readonly code: string;
  readonly path?: string;
  /** The analysis gets it wrong, and why. Its test fails as soon as it gets it right. */
  readonly wrong?: string;
}

export interface Repeated extends Snippet {
  readonly what: string;
}
