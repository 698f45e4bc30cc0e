import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { fixed, suggestions } from '../applied.ts';
import type { Repairer } from '../applied.ts';

const shared: Repairer = (context, creation) =>
  repairByHoisting(context, creation, { module: './src/db.js', export: 'pool' });

const route = (path: string): string => `
app.get('${path}', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  res.json(await pool.query('SELECT 1'));
  await pool.end();
});
`;
const repaired = (path: string): string => `
app.get('${path}', async (req, res) => {
  res.json(await pool.query('SELECT 1'));
});
`;

describe('the pool of the settings', () => {
  it('takes the place of one for each request, and its import that of the driver', () => {
    const code = `import { app } from './app.js';\nimport { Pool } from 'pg';\n${route('/a')}`;
    expect(fixed(code, shared, { filename: 'src/routes/a.ts' })).toEqual({
      output: `import { app } from './app.js';\nimport { pool } from '../db.js';\n${repaired('/a')}`,
      left: 0,
    });
  });

  it('takes the place of a part of another expression, with the semicolons and line ends of the file', () => {
    const code = `import { app } from './app.js';
import { Pool } from 'pg';
import { drizzle } from 'drizzle-orm/node-postgres';

app.get('/a', async (req, res) => {
  const db = drizzle(new Pool({ connectionString: process.env.DATABASE_URL }));
  res.json(await db.execute('SELECT 1'));
});
`;
    const output = code
      .replace("import { Pool } from 'pg';\n", '')
      .replace("-postgres';", "-postgres';\nimport { pool } from '../db.js';")
      .replace(/new Pool\(.*?\}\)/, 'pool');
    const windows = (text: string): string => text.replaceAll('\n', '\r\n');
    expect(fixed(code, shared, { filename: 'src/routes/a.ts' })).toEqual({ output, left: 0 });
    expect(fixed(windows(code), shared, { filename: 'src/routes/a.ts' })).toEqual({ output: windows(output), left: 0 });
  });

  it('is imported once for several handlers', () => {
    const code = `import { app } from './app.js';\nimport { Pool } from 'pg';\n${route('/a')}${route('/b')}`;
    const { left, output } = fixed(code, shared, { filename: 'src/routes/a.ts' });
    expect(left).toBe(0);
    expect(output.match(/import \{ pool \} from '\.\.\/db\.js';/g)).toHaveLength(1);
    expect(output).toContain(repaired('/a') + repaired('/b'));
    expect(output).not.toContain('new Pool');
  });

  it('is not imported into its own module', () => {
    const code = `import { app } from './app.js';\nimport { Pool } from 'pg';\n${route('/a')}`;
    expect(fixed(code, shared, { filename: 'src/db.ts' }).output).toContain('  pool ??= new Pool(');
  });

  it('is a suggestion for a factory, whose methods may take callbacks', () => {
    const code = `import mysql from 'mysql2';\n
app.get('/a', async (req, res) => {
  const pool = mysql.createPool(process.env.DATABASE_URL);
  pool.query('SELECT 1', (error, rows) => res.json(rows));
});
`;
    expect(fixed(code, shared, { filename: 'src/routes/a.js' })).toEqual({ output: code, left: 1 });
    expect(suggestions(code, shared, { filename: 'src/routes/a.js' }).suggested[0]).toContain(
      "import { pool } from '../db.js';",
    );
  });

  it('does not stand for an agent', () => {
    const code = `import https from 'node:https';\n
app.get('/a', async (req, res) => {
  const agent = new https.Agent({ keepAlive: true });
  res.json(await fetch('https://a', { agent }));
});
`;
    expect(fixed(code, shared, { filename: 'src/routes/a.js' }).output).toContain('\nconst agent = new https.Agent(');
  });
});

describe('what is shared listens to errors', () => {
  it('also to those of the connections that are taken from it', () => {
    const code = `import { Pool } from 'pg';\n
app.get('/a', async (req, res) => {
  const pool = new Pool;
  const client = await pool.connect();
  client.release();
  await pool.end();
});
`;
    const { output } = fixed(code, repairByHoisting, { filename: 'a.js' });
    expect(output).toContain(`
  pool ??= new Pool()
    .on('error', console.error)
    .on('connect', (each) => each.on('error', console.error));
  const client = await pool.connect();
  client.release();
});
`);
  });

  it('and stays where nothing can follow it', () => {
    const code = `import { drizzle } from 'drizzle-orm/node-postgres';\n
app.get('/a', async (req, res) => {
  const db = drizzle(process.env.DATABASE_URL);
  res.json(await db.execute('SELECT 1'));
});
`;
    expect(fixed(code, repairByHoisting, { filename: 'a.js' })).toEqual({ output: code, left: 1 });
  });
});
