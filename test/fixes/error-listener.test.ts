import { describe, expect, it } from 'vitest';
import { repairWithListener } from '../../src/fixes/error-listener.ts';
import { suggestion, typeErrors } from './hoisted.ts';
import type { Repairer } from './hoisted.ts';

const repair: Repairer = (context, creation) => repairWithListener(context, creation, 'built');
const isAny = (): boolean => true;
const IMPORT = "import { Pool } from 'pg';\n\n";

const cases: readonly (readonly [name: string, filename: string, code: string, output: string])[] = [
  [
    'behind a declaration, and its comment',
    'file.ts',
    `${IMPORT}export const pool = new Pool(); // one\n\nexport const load = () => pool.query('SELECT 1');\n`,
    `${IMPORT}export const pool = new Pool(); // one\npool.on('error', (error) => {\n  console.error(error);\n});\n\nexport const load = () => pool.query('SELECT 1');\n`,
  ],
  [
    'behind an assignment, with the margins of the file',
    'file.ts',
    `${IMPORT}let pool: Pool | undefined;\nexport function load() {\n\tif (!pool) {\n\t\tpool = new Pool();\n\t}\n\treturn pool.query('SELECT 1');\n}\n`,
    `${IMPORT}let pool: Pool | undefined;\nexport function load() {\n\tif (!pool) {\n\t\tpool = new Pool();\n\t\tpool.on('error', (error) => {\n\t\t\tconsole.error(error);\n\t\t});\n\t}\n\treturn pool.query('SELECT 1');\n}\n`,
  ],
  [
    'behind a field, without semicolons',
    'file.js',
    'import { Pool } from "pg"\n\nexport class Store {\n  constructor() {\n    this.pool = new Pool()\n  }\n}\n',
    'import { Pool } from "pg"\n\nexport class Store {\n  constructor() {\n    this.pool = new Pool()\n    this.pool.on("error", (error) => {\n      console.error(error)\n    })\n  }\n}\n',
  ],
];

describe('listens to errors', () => {
  it.for(cases)('%s', ([, filename, code, output]) => {
    expect(suggestion(code, repair, filename, isAny)).toBe(output);
  });

  it('and still compiles', () => {
    const typed = cases.filter(([, filename]) => filename.endsWith('.ts'));
    expect(typeErrors(typed.flatMap(([, , code, output]) => [code, output])).flat()).toEqual([]);
  });
});

describe('does not listen', () => {
  const codes: readonly (readonly [name: string, code: string])[] = [
    ['where it has no name', `${IMPORT}export const db = drizzle(new Pool());\n`],
    ['where it is a property', `${IMPORT}export const db = { pool: new Pool() };\n`],
    [
      'where it may be there already',
      `${IMPORT}let pool;\nexport const load = () => (pool ??= new Pool()).query('a');\n`,
    ],
    ['where it is one of two', `${IMPORT}const pool = new Pool(), other = 1;\n`],
    ['where the statement has no list', `${IMPORT}let pool;\nif (process.env.URL) pool = new Pool();\n`],
    ['where the line goes on', `${IMPORT}const pool = new Pool(); start();\n`],
  ];
  it.for(codes)('%s', ([, code]) => {
    expect(suggestion(code, repair, 'file.ts', isAny)).toBeUndefined();
  });
});
