import { errorOf, violationOf } from './raise.ts';
import type { PoolError } from './errors.ts';
import type { Lease } from './leases.ts';
import { world } from './world.ts';

/**
 * An object for one checkout in place of the connection, which many share one after the other. Once it is given back it is
 * dead: what its holder does with it afterwards reaches nobody else's connection, and is an error with a code in every mode.
 */

/** What stands in place of the connection's own: the ways to give it back. */
export type Own = Readonly<Record<string, (...args: never[]) => unknown>>;

/** `own` are the methods that give it back; a second call of one is the error. */
export function facadeOf<Connection extends object>(lease: Lease & { connection: object }, own: Own): Connection {
  return new Proxy(lease.connection as Connection, new Facade<Connection>(lease, own));
}

class Facade<Connection extends object> implements ProxyHandler<Connection> {
  readonly #lease: Lease;
  readonly #own: Own;
  readonly #bound = new Map<unknown, unknown>();

  constructor(lease: Lease, own: Own) {
    lease.isKept = true;
    this.#lease = lease;
    this.#own = own;
  }

  get(target: Connection, key: string | symbol): unknown {
    if (typeof key === 'string' && Object.hasOwn(this.#own, key)) return this.#giveBack(key);
    const value: unknown = Reflect.get(target, key, target);
    if (typeof value !== 'function' || key === 'constructor') return value;
    return this.#lease.isHeld ? this.#bind(target, value) : this.#deny(String(key));
  }

  /** The driver's methods use private fields, which a proxy has not. */
  #bind(target: Connection, method: object): unknown {
    const known = this.#bound.get(method);
    if (known) return known;
    const bound: unknown = (method as CallableFunction).bind(target);
    this.#bound.set(method, bound);
    return bound;
  }

  #giveBack(key: string): unknown {
    const lease = this.#lease;
    if (lease.isHeld) return this.#own[key];
    return () => {
      // A connection that was reclaimed may come back.
      if (!lease.isReclaimed) throw deny(lease, 'pool/no-double-release', 'second', {});
    };
  }

  #deny(method: string): () => never {
    return () => {
      throw deny(this.#lease, 'pool/no-use-after-release', 'used', { method });
    };
  }
}

type Denied = 'pool/no-double-release' | 'pool/no-use-after-release';

function deny(lease: Lease, id: Denied, key: string, data: Readonly<Record<string, string>>): PoolError {
  const seen = { guard: lease.guard, id, key, lease, data };
  const violation = violationOf(seen);
  world.reporter.emit(violation);
  return errorOf(seen, violation);
}
