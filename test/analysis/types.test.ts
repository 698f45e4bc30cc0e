import path from 'node:path';
import { testSnippets } from './snippets.ts';

const folder = path.join(import.meta.dirname, '../support/typed');

/** The first rung of the ladder: what the type checker knows, it confirms or refutes. */
testSnippets(
  'types',
  {
    filename: path.join(folder, 'file.ts'),
    parserOptions: {
      project: './tsconfig.json',
      tsconfigRootDir: folder,
      disallowAutomaticSingleRunInference: true,
    },
  },
  {
    'confirm a pool under any name and from anywhere': `
      interface Box {
        store: import('pg').Pool;
      }
      declare const box: Box;
      export async function run() {
        const { store: anything } = box;
        const c = await anything.connect(); //! taken
        await c.query('SELECT 1'); //! throw
        c.release();
      }
    `,
    'confirm a pool behind a union': `
      declare function find(): import('pg').Pool | undefined;
      export async function run() {
        const anything = find();
        const c = await anything?.connect(); //! taken
        c?.release();
      }
    `,
    'leave any to the other rungs': `
      export async function run(pool: any) {
        const client = await pool.connect(); //! taken, likely
        await client.query('SELECT 1'); //! throw
        client.release();
      }
    `,
    'leave types of your own to the other rungs': `
      interface Connection {
        query(text: string): Promise<void>;
        release(): void;
      }
      interface Store {
        connect(): Promise<Connection>;
      }
      export async function run(pool: Store) {
        const client = await pool.connect(); //! taken, likely
        await client.query('SELECT 1'); //! throw
        client.release();
      }
    `,
    'refute a pool of another package, whatever its use looks like': `
      import type { Linter } from 'eslint';
      export async function run(pool: Linter & { connect(): Promise<any> }) {
        const client = await pool.connect();
        await client.query('SELECT 1');
        client.release();
      }
    `,
  },
);
