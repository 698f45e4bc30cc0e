import type { World } from './world.ts';

/** One connection to a database that does not exist: it answers with what it was asked, and keeps what a session keeps. */
export class Session {
  readonly world: World;
  readonly host: string;
  isClosed = false;
  inFlight = 0;
  inTransaction = false;
  /** What statements left behind, with the call that did. */
  readonly #kept = new Map<string, number>();

  constructor(world: World, host: string) {
    this.world = world;
    this.host = host;
    world.opened += 1;
    world.open += 1;
  }

  async run(text: string): Promise<{ value: string }[]> {
    const { world } = this;
    this.inFlight += 1;
    for (const [state, call] of this.#kept) {
      if (call !== world.call) world.misbehave('seen by another request', `${state} of call ${call}: ${text}`);
    }
    const state = [...(this.inTransaction ? ['transaction'] : []), ...this.#kept.keys()];
    world.write(`${text} @${this.host}${state.length > 0 ? ` in ${state.join(', ')}` : ''}`);
    try {
      await world.turn();
      world.attempt(text);
      this.#follow(text);
      return [{ value: `${text} @${this.host}` }, { value: `${text} @${this.host} (2)` }];
    } finally {
      this.inFlight -= 1;
    }
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.world.open -= 1;
  }

  #follow(text: string): void {
    if (/^\s*(?:BEGIN|START TRANSACTION)\b/i.test(text)) this.inTransaction = true;
    if (/^\s*(?:COMMIT|END|ROLLBACK)\b(?! TO)/i.test(text)) this.inTransaction = false;
    const kept = /^\s*(?:(SET (?!LOCAL)\w+)|(LISTEN \w+)|(USE \w+)|CREATE (TEMP\w* TABLE \w+))/i.exec(text);
    const state = kept?.slice(1).find((one) => one !== undefined) ?? /pg_advisory_lock\(\d+\)/.exec(text)?.[0];
    if (state !== undefined) this.#kept.set(state, this.world.call);
    if (/pg_advisory_unlock/.test(text)) this.#kept.delete(text.replace(/^.*(pg_advisory_)un(lock\(\d+\)).*$/, '$1$2'));
    if (/^\s*(?:RESET ALL|DISCARD ALL)/.test(text)) this.#kept.clear();
  }
}

/** Where a driver was told to connect: all that tells one database from another. */
export function hostOf(options: unknown): string {
  if (typeof options === 'string') return options;
  if (options === null || typeof options !== 'object') return 'default';
  const { host, connectionString, uri, url, datasourceUrl, application_name } = options as Record<string, unknown>;
  const place = host ?? connectionString ?? uri ?? url ?? datasourceUrl ?? 'default';
  return application_name === undefined ? String(place) : `${String(place)}/${String(application_name)}`;
}
