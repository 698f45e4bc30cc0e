import type { TSESLint } from '@typescript-eslint/utils';
import type { Lease } from '../release/lease.ts';

/** How one connection is taken from a pool, as far as the file tells. */
export interface PoolCheckout {
  readonly method: 'connect' | 'getConnection';
  readonly name: string;
  readonly lease: Lease;
}

const CONNECTS = /['"](?:pg|pg-pool|pg-native|@neondatabase\/serverless|@vercel\/postgres)['"]/;
const GIVES_CONNECTION = /['"](?:mysql2\/promise|mariadb)['"]/;

export function findPoolCheckout({ text }: Readonly<TSESLint.SourceCode>, pool: string): PoolCheckout | undefined {
  const uses = ['query', 'execute'];
  if (text.includes(`await ${pool}.connect(`) || CONNECTS.test(text)) {
    return {
      method: 'connect',
      name: 'client',
      lease: { giveBack: ['release'], discard: { method: 'release', withError: true }, uses, second: 'throws' },
    };
  }
  if (!text.includes(`await ${pool}.getConnection(`) && !GIVES_CONNECTION.test(text)) return undefined;
  return {
    method: 'getConnection',
    name: 'connection',
    lease: { giveBack: ['release'], discard: { method: 'destroy' }, uses, second: 'breaks' },
  };
}
