/** Connections that are opened together would all be replaced together. */

/** As HikariCP: up to 2.5 % earlier. */
const SPREAD = 0.025;

/** From here on the option reads a little less each time, for a driver that reads it for each connection. */
export function spread(options: Record<string, unknown>, name: string): void {
  let value = options[name];
  Object.defineProperty(options, name, {
    configurable: true,
    enumerable: true,
    get: () => (typeof value === 'number' && value > 0 ? value * (1 - Math.random() * SPREAD) : value),
    // A policy that is stated later writes it again.
    set: (written: unknown) => (value = written),
  });
}
