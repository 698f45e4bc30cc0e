/**
 * The vocabulary in which a framework is described: where it calls a function of the user's again and again (a *slot*).
 * Data only. What is not listed is called once: plugin bodies, `onReady`, module code.
 */

/** One framework, router, queue or runtime. */
export interface Framework {
  /** As its users write it, for messages: `Express`, `Next.js`. */
  readonly name: string;
  /** Import specifiers that show a file to be this framework's; `next/` stands for everything below. */
  readonly modules: readonly string[];
  /** Dependencies that show a package to serve requests, where clients depend on those of `modules`, too. */
  readonly packages?: readonly string[];
  /** Functions given to a call: `app.get(path, fn)`, `consumer.run({ eachMessage })`. */
  readonly calls?: readonly CallSlot[];
  /** Exports of files that are found by their path. */
  readonly files?: readonly FileSlot[];
  /** Methods of classes: under a decorator, or of a class that implements or extends a name. */
  readonly methods?: readonly MethodSlot[];
  /** Functions declared to be of a type: `const handler: APIGatewayProxyHandler = …`. */
  readonly types?: readonly TypeSlot[];
  /** Functions under a directive: `'use server'`. */
  readonly directives?: readonly DirectiveSlot[];
  /** Leading parameter names that by themselves show a handler: `(req, res)`. The weakest sign. */
  readonly parameters?: readonly ParameterSlot[];
  /** A development server loads module code again when a file changes, so that module-level clients pile up. */
  readonly reloads?: Reloads;
  /** Connections do not outlive a request there: one per request is right. */
  readonly perRequest?: PerRequest;
}

interface Slot {
  /** What the function is, for messages: `route handler`, `middleware`, `job`. */
  readonly what: string;
}

export interface CallSlot extends Slot {
  /** The called name: the function's own, or the last of a chain (`app.route('/').get`). */
  readonly names: readonly string[];
  /**
   * Whose method it is. Without: a function imported from `modules` (`namespace.name` and `new Name` too), or a name
   * that nothing in the file binds (`setInterval`).
   */
  readonly on?: Receiver;
  /** What the first argument must be: `addHook('onRequest', fn)`, `server.on('request', fn)`. */
  readonly first?: readonly string[];
  /** The function stands under one of these keys of an object argument (any depth of arrays is seen through). */
  readonly properties?: readonly string[];
  /** The functions stand at any depth of the object argument; with `properties`, somewhere below one of these keys. */
  readonly anywhere?: true;
}

/** A value is the receiver when it is or comes from one of the exports, or bears one of the names and nothing refutes it. */
export interface Receiver {
  /** Exports of `modules` that make it, called or with `new`: `default`, `Router`, `Hono`. */
  readonly made: readonly string[];
  /** Parameter or variable types imported from `modules` that denote it: `FastifyInstance`. */
  readonly types?: readonly string[];
  /** Names of unresolved receivers; `router` fits `usersRouter` and `this.router` too. */
  readonly names: readonly string[];
}

export interface FileSlot extends Slot {
  /** A regular expression over the path, with forward slashes: `(?:^|/)pages/api/`. */
  readonly path: string;
  /** Only in files that import one of `modules`: where the path alone says too little, as `api/` does. */
  readonly imports?: true;
  /** Exported functions, `default` among them; `*` for all. */
  readonly exports: readonly string[];
  /** Exported objects whose functions are meant: `actions` of SvelteKit, `default` of a worker. */
  readonly objects?: readonly string[];
}

export interface MethodSlot extends Slot {
  /** Decorators of the method. */
  readonly decorators?: readonly string[];
  /** Names that the class implements or extends, with the methods that are called per request. */
  readonly classes?: readonly string[];
  readonly methods?: readonly string[];
  /** Argument texts of a class decorator that make the constructor run per request: `Scope.REQUEST`. */
  readonly constructedFor?: readonly string[];
}

export interface TypeSlot extends Slot {
  /** Type names imported from `modules`. */
  readonly names: readonly string[];
}

export interface DirectiveSlot extends Slot {
  /** At the top of the file it covers all exports, first in a function that function. */
  readonly directive: string;
}

export interface ParameterSlot extends Slot {
  readonly names: readonly string[];
  /** Only where the file's path fits: bare `exports.handler = (event, context)` of functions. */
  readonly path?: string;
}

export interface Reloads {
  /** Paths that are the framework's without an import: `(?:^|/)pages/api/`. */
  readonly paths: readonly string[];
}

export interface PerRequest {
  /** Paths whose code runs there. */
  readonly paths?: readonly string[];
  /** Regular expressions over the text that say so: `export const runtime = 'edge'`. */
  readonly texts?: readonly string[];
}
