/** What the runtime asks of a pool of tarn. Read in tarn 3.1.2, dist/Pool.js. */

/** What `acquire` gives: dist/PendingOperation.js. */
export interface Pending {
  readonly promise: Promise<unknown>;
  /** Nobody waits any more. */
  readonly isRejected: boolean;
  resolve(resource: unknown): void;
  reject(error: Error): void;
}

/** What stands in `used`: dist/Resource.js. */
interface Used {
  readonly resource: unknown;
  settle(): void;
}

/** Its options are fields, which it reads when it needs them: dist/Pool.js:103, 168, 328, 350. */
export interface TarnPool {
  max: number;
  acquireTimeoutMillis: number;
  /** That of the next event. */
  readonly eventId: number;
  readonly used: Used[];
  readonly free: readonly unknown[];
  readonly pendingAcquires: readonly unknown[];
  readonly pendingCreates: readonly unknown[];
  numPendingAcquires(): number;
  acquire(): Pending;
  release(resource: unknown): boolean;
  destroy(): Promise<unknown>;
  on(event: 'acquireFail', listener: (id: unknown, error: unknown) => void): void;
  _destroy(resource: unknown): Promise<unknown>;
  _tryAcquireOrCreate(): void;
}

const METHODS = ['acquire', 'release', 'destroy', 'on', '_destroy', '_tryAcquireOrCreate'] as const;
const LISTS = ['used', 'free', 'pendingAcquires', 'pendingCreates'] as const;
const NUMBERS = ['max', 'acquireTimeoutMillis', 'eventId'] as const;

export function findMissing(target: object): string | undefined {
  const pool: Partial<TarnPool> = target;
  return (
    METHODS.find((name) => typeof pool[name] !== 'function') ??
    LISTS.find((name) => !Array.isArray(pool[name])) ??
    NUMBERS.find((name) => typeof pool[name] !== 'number')
  );
}

export function isTarn(target: object): target is TarnPool {
  return 'numPendingAcquires' in target && findMissing(target) === undefined;
}

/** As tarn does with what its `validate` refuses: dist/Pool.js:286-298. */
export function close(pool: TarnPool, resource: unknown): void {
  const index = pool.used.findIndex((one) => one.resource === resource);
  const [used] = index === -1 ? [] : pool.used.splice(index, 1);
  if (!used) return;
  used.settle();
  void pool._destroy(resource);
  pool._tryAcquireOrCreate();
}
