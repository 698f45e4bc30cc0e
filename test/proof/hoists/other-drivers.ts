import { EventEmitter } from 'node:events';
import { hostOf } from './session.ts';
import type { World } from './world.ts';

/** ioredis, node-redis, mongodb, Prisma and the Agents of node:https, without a server. */

/** A client with one connection or several inside: it answers until it is closed. */
class Client extends EventEmitter {
  protected readonly world: World;
  protected readonly host: string;
  protected isEnded = false;
  protected isOpen = false;

  constructor(world: World, options: unknown) {
    super();
    this.world = world;
    this.host = hostOf(options);
    world.built += 1;
    world.alive += 1;
  }

  protected opening(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.world.opened += 1;
    this.world.open += 1;
  }

  protected async ask(text: string): Promise<string> {
    if (this.isEnded) {
      this.world.misbehave('used after end', text);
      throw new Error('Connection is closed.');
    }
    this.world.write(`${text} @${this.host}`);
    await this.world.turn();
    this.world.attempt(text);
    return `${text} @${this.host}`;
  }

  protected async ending(): Promise<'OK'> {
    await this.world.turn();
    if (this.isEnded) return 'OK';
    this.stop();
    this.world.attempt('end');
    return 'OK';
  }

  protected stop(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.world.alive -= 1;
    this.world.unheard.delete(this);
    if (this.isOpen) this.world.open -= 1;
  }

  override on(event: string, listener: (...parameters: unknown[]) => void): this {
    if (event === 'error') this.world.unheard.delete(this);
    return super.on(event, listener);
  }
}

/** Commands of both redis clients, and what they leave on the connection. */
class Redis extends Client {
  readonly #kept = new Map<string, number>();

  get = (key: string): Promise<string> => this.command(`GET ${key}`);
  set = (key: string, value: string): Promise<string> => this.command(`SET ${key} ${value}`);
  del = (key: string): Promise<string> => this.command(`DEL ${key}`);
  select = (index: number): Promise<string> => this.command(`SELECT ${index}`);
  subscribe = (channel: string): Promise<string> => this.command(`SUBSCRIBE ${channel}`);

  protected async command(text: string): Promise<string> {
    for (const [state, call] of this.#kept) {
      if (call !== this.world.call) this.world.misbehave('seen by another request', `${state}: ${text}`);
    }
    const state = [...this.#kept.keys()].join(', ');
    const answer = await this.ask(state === '' ? text : `${text} in ${state}`);
    if (/^(?:SELECT|SUBSCRIBE)/.test(text)) this.#kept.set(text, this.world.call);
    return answer;
  }
}

/** It connects when it is built. */
class IoRedis extends Redis {
  constructor(world: World, options: unknown) {
    super(world, options);
    this.opening();
  }

  quit = (): Promise<'OK'> => this.ending();
  disconnect = (): void => this.stop();
}

/** connect() must run, and only once; unheard errors end the process. */
class NodeRedis extends Redis {
  #isReady = false;

  async connect(): Promise<this> {
    if (this.isOpen) throw new Error('Socket already opened');
    if (this.listenerCount('error') === 0) this.world.unheard.add(this);
    this.opening();
    await this.world.turn();
    try {
      this.world.attempt('connect');
    } catch (error) {
      this.isOpen = false;
      this.world.open -= 1;
      throw error;
    }
    this.#isReady = true;
    return this;
  }

  protected override async command(text: string): Promise<string> {
    if (!this.isOpen) throw new Error('The client is closed');
    while (this.isOpen && !this.#isReady) await this.world.turn();
    if (!this.isOpen) throw new Error('The client is closed');
    return super.command(text);
  }

  close = (): Promise<'OK'> => this.ending();
  quit = (): Promise<'OK'> => this.ending();
}

/** It opens with connect() or with its first operation. */
class MongoClient extends Client {
  async connect(): Promise<this> {
    if (this.isOpen) return this;
    await this.world.turn();
    this.world.attempt('connect');
    this.opening();
    return this;
  }

  db(name = 'test') {
    const run = async (text: string): Promise<string> => {
      await this.connect();
      return this.ask(text);
    };
    return {
      collection: (collection: string) => ({
        findOne: async (filter: object) => ({ value: await run(`${name}.${collection} ${JSON.stringify(filter)}`) }),
        insertOne: async (one: object) => ({ value: await run(`${name}.${collection} + ${JSON.stringify(one)}`) }),
      }),
    };
  }

  close = (): Promise<'OK'> => this.ending();
}

class PrismaClient extends Client {
  user = {
    findMany: (filter: object) => this.#run(`users ${JSON.stringify(filter)}`),
    create: (one: object) => this.#run(`user + ${JSON.stringify(one)}`),
  };

  $connect = async (): Promise<void> => {
    await this.world.turn();
    this.world.attempt('connect');
    this.opening();
  };

  $disconnect = (): Promise<'OK'> => this.ending();

  async #run(text: string): Promise<{ value: string }[]> {
    this.opening();
    return [{ value: await this.ask(text) }];
  }
}

class Agent extends Client {
  async send(url: string): Promise<string> {
    this.opening();
    return this.ask(`request ${url}`);
  }

  destroy = (): void => this.stop();
}

export function otherModules(world: World): Record<string, object> {
  const made = <T>(one: new (world: World, options: unknown) => T) =>
    function (options: unknown): T {
      return new one(world, options);
    };
  const Redis = Object.assign(made(IoRedis), { Redis: made(IoRedis) });
  return {
    ioredis: Redis,
    redis: { createClient: made(NodeRedis) },
    mongodb: { MongoClient: made(MongoClient) },
    '@prisma/client': { PrismaClient: made(PrismaClient) },
    'node:https': { Agent: made(Agent) },
    https: { Agent: made(Agent) },
  };
}

/** `axios.get(url, { httpsAgent })`. */
export function request(world: World, url: string, agent: unknown): Promise<string> {
  return agent instanceof Agent ? agent.send(url) : Promise.resolve(`${url} ${world.call}`);
}
