/**
 * The vocabulary in which a driver is described. A driver file holds data only: what its module exports, what hands
 * out a connection, and how that connection comes back. The linter and the runtime read the same data.
 */

/** One driver: a package, or several that share one API. */
export interface Driver {
  /** The name in messages and in `settings.pool`: the package's own. */
  readonly name: string;
  /** Import specifiers that give the exports below. */
  readonly modules: readonly string[];
  /**
   * Last segments of import paths that give them too, for code that a tool writes into the user's tree: `../generated/prisma`.
   * A file extension and `/index` do not count.
   */
  readonly moduleEnds?: readonly string[];
  /** It listens to the `error` events of a pool that it is given (PrismaPg); others work with the pool and do not. */
  readonly listens?: true;
  /** What an imported name is. `default` is the default import; a namespace import sees every name. */
  readonly exports: Readonly<Record<string, Export>>;
  /** The values this driver deals in, by a name of our own (`pool`, `client`, `runner`). */
  readonly kinds: Readonly<Record<string, Kind>>;
}

/** What an exported name gives; each value is the name of a kind. */
export interface Export {
  /** `new Name(…)` makes one. */
  readonly new?: string;
  /** `Name(…)` makes one (a promise of one counts: `await` is seen through). */
  readonly call?: string;
  /** It hands what it makes to a callback, its last argument (`connect` of amqplib/callback_api). */
  readonly callback?: CallbackShape;
  /** The name is a value of this kind itself (`sql` of @vercel/postgres). */
  readonly is?: string;
  /** The name, in a type annotation, denotes this kind. */
  readonly type?: string;
  /** `Name(…)` gives what is there already, or the one of the module: calling it again builds nothing. */
  readonly existing?: true;
  /** Nobody else uses this name: imported from any path of the user's own, it is this one (`PrismaClient`). */
  readonly ownName?: true;
  /** The name is the module again (`import pg from 'pg'`; `pg.Pool`). */
  readonly namespace?: true;
}

/** A kind of value: what can be taken from it and, if it was handed out itself, how it comes back. */
export interface Kind {
  /** Calling the value itself gives this kind: `pgp(url)`. */
  readonly call?: string;
  /** Properties and method results that are again a known kind: `pool.promise()`, `db.$pool`, `knex.client`. */
  readonly members?: Readonly<Record<string, string>>;
  /** Those of `members` that build a new one: `MongoClient.connect(uri)`; any other gives what is there. */
  readonly builds?: readonly string[];
  /** Methods that hand out a connection which must come back. */
  readonly checkouts?: Readonly<Record<string, CheckoutMethod>>;
  /** How a value of this kind comes back. Present on every kind that is handed out. */
  readonly lease?: Lease;
  /** Methods that run one statement on *some* connection: a transaction through them is no transaction. */
  readonly statements?: readonly string[];
  /** What a value of this kind keeps open. Present on every kind that a program builds; never on what is handed out. */
  readonly owns?: Ownership;
  /** What bounds it, by option. Present where we know how the driver reads its numbers. */
  readonly limits?: Limits;
}

/** What a value keeps open from when it is built until it is ended. */
export interface Ownership {
  /** `pool`: several connections, or a client that has a pool inside. `connection`: one socket. */
  readonly what: 'connection' | 'pool';
  /** Methods that end it. The first is the one that fixes write. Empty where there is none. */
  readonly end: readonly string[];
  /** Ending returns a promise that wants `await`. */
  readonly awaitEnd?: true;
  /** Methods that open a connection; a shared pool opens by itself, so a repair drops the call (pg `client.connect()`). */
  readonly open?: readonly string[];
  /** Methods that must run once before it works (redis `connect`): a repair shares that call, it does not drop it. */
  readonly mustOpen?: readonly string[];
  /** It keeps connections only with this option (`keepAlive` of an Agent); without, each is closed after one request. */
  readonly keepsWith?: string;
  /**
   * Properties of the options (or the words `argument 0`) through which it works on what somebody else built: then it
   * owns nothing itself and is cheap: `drizzle({ client: pool })`, `new Kysely({ dialect })`.
   */
  readonly borrows?: readonly string[];
  /** Methods that tie the connection to one user (`subscribe`, `monitor`): it cannot be shared. */
  readonly session?: readonly string[];
  /** An `error` event that nobody listens to ends the process. */
  readonly crashes?: Crash;
  /** One of them serves many users at once (redis, amqplib): a repair may share it. Only for `connection`. */
  readonly shared?: true;
  /** The same work through a pool of this driver; only for `connection`. */
  readonly pooled?: Pooled;
  /** Its makers say to keep it on `globalThis` where a development server loads modules again. */
  readonly reload?: true;
}

export interface Crash {
  /** A text of the file with which nothing stays open: neon's pool over HTTP. */
  readonly unless?: string;
  /** What happens, for the message: `an idle connection that breaks`. */
  readonly when: string;
  /** The member that emits it, where it is not the value itself (`$client` of drizzle). */
  readonly on?: string;
  /** The kind handed out by this one that needs a listener of its own while it is held. */
  readonly held?: string;
}

/** How a dedicated connection becomes a checkout. */
export interface Pooled {
  /** The export that builds the pool, of the same module: `Pool`, `createPool`. */
  readonly maker: string;
  /** It is built with `new`. */
  readonly new?: true;
  /** The pool's method that hands a connection out: `connect`, `getConnection`. */
  readonly checkout: string;
  /** The method of what is handed out that gives it back. */
  readonly giveBack: string;
  /** Methods of the connection that the pool has too, each for one statement alone: `query`. */
  readonly statements: readonly string[];
}

/** A method that hands out a connection. */
export interface CheckoutMethod {
  /** The kind that is handed out; it has a `lease`. */
  readonly gives: string;
  /** `promise`: must be awaited; `value`: at once. */
  readonly result: 'promise' | 'value';
  /** The promise stands in this property of the result (tarn: `pool.acquire().promise`). */
  readonly promiseIn?: string;
  /** Argument positions of a callback given as last argument; `done` is a function that gives back. */
  readonly callback?: CallbackShape;
  /** With a function argument the driver gives back by itself, so there is no checkout (slonik `connect(fn)`). */
  readonly scopedByCallback?: true;
  /** Nobody else uses this name: with its result awaited or declared, the call alone says enough (`createQueryRunner`). */
  readonly ownName?: true;
  /** With one of these properties in its argument it opens a connection of its own, of this kind (oracledb). */
  readonly opens?: { readonly kind: string; readonly with: readonly string[] };
  /** Words of this method alone say nothing: without a resolved receiver stay silent (`transaction`, `acquire`). */
  readonly commonName?: true;
  /** Names of an unresolved receiver that do say enough: `User.sequelize.transaction()`, `knex.transaction()`. */
  readonly receiverNames?: readonly string[];
}

export interface CallbackShape {
  readonly error?: number;
  readonly value: number;
  readonly done?: number;
}

/** How a handed-out value comes back. */
export interface Lease {
  /** Methods of the value that give it back. The first is the one that fixes write. */
  readonly giveBack: readonly string[];
  /** Giving back returns a promise that wants `await`. */
  readonly awaitGiveBack?: true;
  /** Giving back is lazy until this is called on its result: `trx.commit().execute()` of kysely. */
  readonly completedBy?: string;
  /** Methods of the pool that take the value as their argument: `pool.releaseConnection(connection)`. */
  readonly giveBackThrough?: readonly string[];
  /** How a broken one is thrown away in place of given back: `release(error)` or `destroy()`. */
  readonly discard?: { readonly method: string; readonly withError?: true };
  /** Methods that look like giving back and are not (pg: `end` on a pooled client keeps the slot). */
  readonly notGiveBack?: readonly string[];
  /** Methods that use the connection; the first argument may be SQL text. Also the evidence from use. */
  readonly uses: readonly string[];
  /** Methods whose result is the same connection in another form: `connection.promise()`. */
  readonly sameThrough?: readonly string[];
  /** Calling the value itself, or using it as a template tag, uses the connection: `trx('users')`, `` reserved`…` ``. */
  readonly callable?: true;
  /** Where the value is only lent: by the last name of what is called, or by a property of an object argument. */
  readonly lentTo?: { readonly callees?: readonly string[]; readonly properties?: readonly string[] };
  /** Methods that open and end a transaction; SQL text through `uses` counts without being listed. */
  readonly transaction?: {
    readonly begin: readonly string[];
    readonly commit: readonly string[];
    readonly rollback: readonly string[];
    /** Giving back rolls an open transaction back by itself. */
    readonly endsWithRelease?: true;
    /** The property that says whether one is open; rolling back without one throws. */
    readonly activeIf?: string;
  };
  /**
   * The value holds nothing before one of these is called (typeorm: `connect`, `startTransaction`, `query`). The first
   * only opens: when it fails, nothing is held.
   */
  readonly holdsFrom?: readonly string[];
  /** Methods that awaiting cannot fail: synchronous ones, and those that swallow their errors. */
  readonly neverRejects?: readonly string[];
  /** What is lost with it, for messages; without it, the pool loses a slot. */
  readonly loses?: string;
  /** Methods that may throw before they return (mysql2 `execute` checks its parameters at once). */
  readonly throwsAtOnce?: readonly string[];
  /** Released by `using` / `await using`, from this version on. */
  readonly disposable?: { readonly symbol: 'dispose' | 'asyncDispose'; readonly since: string };
  /** What a second giving back does, for the message. */
  readonly second: 'throws' | 'ignored' | 'breaks';
  /** A connection or pool of its own, ended rather than given back: followed only where the code ends it somewhere. */
  readonly dedicated?: true;
}

/**
 * What is bounded. `max`, `min`: connections at once and kept open; `spare`: unused ones that may stay; `queue`: callers that
 * wait; `acquire`: the wait for a free connection; `connect`: opening one; `idle`: an unused one; `lifetime`, `uses`: how old it grows, how often it is
 * lent; `statement`: the server ends it; `query`: the client stops waiting for it; `lock`, `transaction`: likewise by the
 * server; `command`: the reply of a store; `socket`: silence on the wire; `http`: a response.
 */
export type Limit =
  | 'max'
  | 'min'
  | 'spare'
  | 'queue'
  | 'acquire'
  | 'connect'
  | 'idle'
  | 'lifetime'
  | 'uses'
  | 'statement'
  | 'query'
  | 'lock'
  | 'transaction'
  | 'command'
  | 'socket'
  | 'http';

export type Unit = 'count' | 'ms' | 's';

/**
 * What the driver makes of a value. A number: this many of the unit. `unbounded`: no limit (any number, for ever).
 * `none`: nothing is ever let through (no connection opens; nobody may wait). `at once`: the time is over immediately.
 * `default`: as if it were not written. `read`: as the number it spells. `throws`: refused, when built or first used.
 * `ignored`: no effect here, whatever it is.
 */
export type Meaning = number | 'unbounded' | 'none' | 'at once' | 'default' | 'read' | 'throws' | 'ignored';

/** The limits of a kind, and how its options are reached. */
export interface Limits {
  /** Position of the options among the arguments of the export that builds it; without it, the last object. */
  readonly at?: number;
  /** Properties of the options (or nothing but an argument) that may hold a connection string. */
  readonly urlIn?: readonly string[];
  /** URL parameters arrive as text, or the driver parses them to numbers first. */
  readonly urlValues?: 'text' | 'parsed';
  /** URL parameters are read in any case (MongoDB). */
  readonly urlAnyCase?: true;
  /** How many addresses may stand alone before the options: 1 in `postgres(url, options)`. */
  readonly behind?: readonly number[];
  /** The option that holds what may be the only argument: `createPool(url)` is `createPool({ uri: url })`. */
  readonly under?: string;
  /** Two options for one limit stand in order of precedence: the first that is written counts. */
  readonly options: readonly LimitOption[];
  /** Names that people write and this driver does not read. */
  readonly misread?: readonly Misread[];
  /** Limits that no option of this driver sets. */
  readonly lacks?: readonly Lack[];
  /** Any other name at this path (`` is the top) has this effect: tarn refuses what it does not know. */
  readonly unknown?: Readonly<Record<string, Effect>>;
}

/** An option that bounds something. Meanings that are not stated are not known: say nothing about such a value. */
export interface LimitOption {
  /** Its path from the options object: `max`, `pool.max`, `extra.connectionLimit`. */
  readonly option: string;
  /** Other paths that mean the same. */
  readonly also?: readonly string[];
  /** What it bounds; pg's `connectionTimeoutMillis` both the wait and the opening. */
  readonly limits: readonly Limit[];
  readonly unit: Unit;
  /**
   * Without it: so many of the unit, or `unbounded`; `driver`: what the driver below does; `max`: as many as its pool may
   * have; `machine`: depends on where it runs.
   */
  readonly default: number | 'unbounded' | 'driver' | 'max' | 'machine';
  /** `0`. */
  readonly zero?: Meaning;
  /** `Infinity`; for `ms` and `s` also what is above 24.8 days, unless `overflow` says otherwise. */
  readonly infinity?: Meaning;
  /** More than 2147483647 milliseconds. */
  readonly overflow?: Meaning;
  /** `'3'`: digits, as an environment variable gives them. */
  readonly text?: Meaning;
  /** `'abc'`. */
  readonly word?: Meaning;
  readonly nan?: Meaning;
  readonly null?: Meaning;
  /** The key is there, its value is `undefined`. Without it: the default. */
  readonly undefined?: Meaning;
  readonly negative?: Meaning;
  /** `2.5`. */
  readonly fraction?: Meaning;
  /** URL parameters that set it. */
  readonly url?: readonly string[];
  /** The URL counts where both say something. */
  readonly urlWins?: true;
  /** No option has this name: the URL parameters alone set it (Prisma's engine). */
  readonly in?: 'url';
  /** It bounds each origin, server or host by itself. */
  readonly per?: 'origin' | 'server' | 'host';
  /** No effect unless another option is positive, or below the pool's size. */
  readonly needs?: { readonly option: string; readonly is: 'positive' | 'below max' };
  /** Where several options of one limit are written, the smallest counts in place of the first. */
  readonly smallest?: true;
  /** Sent when a connection opens: PgBouncer refuses it. */
  readonly startup?: true;
  /** Only where another option has one of these values: `{ option: 'type', is: ['postgres'] }`. */
  readonly when?: { readonly option: string; readonly is: readonly string[] };
  /** The driver version that has it first. */
  readonly since?: string;
}

/** `ignored`: without a word; `logged`: ignored, with a line on the console; `throws`: when built or first used. */
export type Effect = 'ignored' | 'logged' | 'throws';

/** A name that somebody means as a limit and that is none, at least not here. */
export interface Misread {
  /** Its path from the options object, or the URL parameter. */
  readonly option: string;
  readonly in?: 'url';
  readonly effect: Effect;
  /** The path of what was meant; absent where this driver has nothing of the kind. */
  readonly instead?: string;
  /** The unit in which the name is usually written, where it differs from that of `instead`. */
  readonly unit?: Unit;
  readonly when?: LimitOption['when'];
}

export interface Lack {
  readonly limit: Limit;
  /** An option that helps in its place: mysql2 has no wait limit, but `queueLimit`. */
  readonly instead?: string;
  /** The limit can be set for one call, under this name: `query({ sql, timeout })`. */
  readonly perCall?: string;
}
