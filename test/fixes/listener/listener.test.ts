import { describe, expect, it } from 'vitest';
import { repairWithListener } from '../../../src/fixes/listener/listener.ts';
import { suggestions } from '../applied.ts';
import { typeErrors } from '../types.ts';
import type { Repairer } from '../applied.ts';

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
    expect(suggestions(code, repair, { filename, isMeant: isAny }).suggested[0]).toBe(output);
  });

  it('and still compiles', () => {
    const typed = cases.filter(([, filename]) => filename.endsWith('.ts'));
    expect(typeErrors(typed.flatMap(([, , code, output]) => [code, output])).flat()).toEqual([]);
  });
});

const held: Repairer = (context, creation) => repairWithListener(context, creation, 'held');

describe('listens to the connections', () => {
  it('of a declared pool', () => {
    const code = `${IMPORT}export const pool = new Pool();\n`;
    expect(suggestions(code, held, { isMeant: isAny }).suggested[0]).toBe(
      `${code}pool.on('connect', (client) => {\n  client.on('error', (error) => {\n    console.error(error);\n  });\n});\n`,
    );
  });
});

const LISTENING = ".on('error', (error) => {\n  console.error(error);\n})";

describe('listens at once', () => {
  const codes: readonly (readonly [name: string, code: string])[] = [
    ['where it has no name', 'export const db = drizzle(new Pool());'],
    ['where it is a property', 'export const db = { pool: new Pool() };'],
    ['where it is built when needed', "let pool;\nexport const load = () => (pool ??= new Pool()).query('a');"],
    ['where it is one of two', 'const pool = new Pool(), other = 1;'],
    ['where the statement has no list', 'let pool;\nif (process.env.URL) pool = new Pool();'],
    ['where the line goes on', 'const pool = new Pool(); start();'],
  ];
  it.for(codes)('%s', ([, code]) => {
    const output = suggestions(`${IMPORT}${code}\n`, repair, { isMeant: isAny }).suggested[0];
    expect(output).toBe(`${IMPORT}${code.replace('new Pool()', `new Pool()${LISTENING}`)}\n`);
  });

  it('with the margin of its line, and compiles', () => {
    const code = `${IMPORT}export const db = {\n  pool: new Pool({\n    max: 1,\n  }),\n};\n`;
    const output = suggestions(code, repair, { isMeant: isAny }).suggested[0] ?? '';
    expect(output).toContain("  }).on('error', (error) => {\n    console.error(error);\n  }),\n};\n");
    expect(typeErrors([code, output]).flat()).toEqual([]);
  });

  it('but not on a promise', () => {
    const code = `import { connect } from 'amqplib';\n\nexport const load = async () => use(await connect('amqp://mq'));\n`;
    expect(suggestions(code, repair, { isMeant: isAny }).suggested[0]).toBeUndefined();
  });
});
