import type { Address } from './guard.ts';

/** The server behind a pool, in words. */

/** Of what keeps it to itself, or has many. */
export const NOWHERE: Address = { host: undefined, port: undefined, database: undefined, user: undefined };

/** `app@db.example.com`; the driver's name where nothing is known. */
export function nameOf({ database, host }: Address, driver: string): string {
  return [database ?? driver, host].filter((part) => part !== undefined && part !== '').join('@');
}

/** Two pools with the same key are the same to their server. */
export function keyOf({ database, host, port, user }: Address): string {
  return [user, host, port, database].join(' ');
}

/** What a connection string says. */
export function addressIn(url: string): Partial<Address> {
  try {
    const { hostname, pathname, port, username } = new URL(url);
    return {
      host: hostname === '' ? undefined : hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? undefined : Number(port),
      database: pathname.length > 1 ? decodeURIComponent(pathname.slice(1)) : undefined,
      user: username === '' ? undefined : decodeURIComponent(username),
    };
  } catch {
    return {};
  }
}

/** By the options of mysql2 and of mariadb, which have the same names and defaults. */
export function mysqlAddressOf({ database, host, port, socketPath, user }: Record<string, unknown>): Address {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    host: text(socketPath) ?? text(host) ?? 'localhost',
    port: text(socketPath) === undefined ? Number(port ?? 3306) : undefined,
    database: text(database),
    user: text(user),
  };
}
