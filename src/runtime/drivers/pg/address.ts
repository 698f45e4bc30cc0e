import { addressIn } from '../../address.ts';
import type { Address } from '../../guard.ts';

/** What pg would connect to: lib/connection-parameters.js:55-75, 8.23.1. */
export function addressOf(options: Readonly<Record<string, unknown>>): Address {
  const url = options['connectionString'];
  const { env } = process;
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const own: Address = {
    host: text(options['host']) ?? text(env['PGHOST']) ?? 'localhost',
    port: Number(options['port'] ?? env['PGPORT'] ?? 5432),
    user: text(options['user']) ?? text(env['PGUSER']) ?? text(env['USER']),
    database: text(options['database']) ?? text(env['PGDATABASE']),
  };
  const stated = Object.entries(typeof url === 'string' ? addressIn(url) : {}).filter(
    ([, value]) => value !== undefined,
  );
  const address: Address = { ...own, ...Object.fromEntries(stated) };
  return { ...address, database: address.database ?? address.user };
}
