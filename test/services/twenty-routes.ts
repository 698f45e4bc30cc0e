import { fix } from './lint.ts';

/** A service of twenty route files, each of which opens connections or pools of its own, and one file with the shared pool. */

export interface TwentyRoutes {
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
  /** After `--fix` with the shared pool named in the settings. */
  readonly fixedFiles: Readonly<Record<string, string>>;
  readonly requests: readonly string[];
  /** The size of the shared pool, which is what the policy allows. */
  readonly max: number;
}

const COUNT = 20;
const MAX = 8;
const settings = { sharedPool: { module: './src/db.js', export: 'pool' } };

export function twentyRoutes(): TwentyRoutes {
  const numbers = Array.from({ length: COUNT }, (_, index) => index);
  const routes = Object.fromEntries(numbers.map((number) => [`src/routes/route-${number}.ts`, route(number)]));
  const files = { 'src/server.ts': entry(numbers), 'src/db.ts': database, ...routes };
  const fixed = Object.entries(files).map(([file, code]) => [file, fix(code, file, settings)] as const);
  const requests = numbers.map((number) => `/route-${number}?id=${1 + (number % 3)}`);
  return { entry: 'src/server.ts', files, fixedFiles: Object.fromEntries(fixed), requests, max: MAX };
}

const database = `import { Pool } from 'pg';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: ${MAX} });
`;

function entry(numbers: readonly number[]): string {
  const imports = numbers.map((number) => `import { route${number} } from './routes/route-${number}.js';`);
  const uses = numbers.map((number) => `app.use('/route-${number}', route${number});`);
  return `import express from 'express';
${imports.join('\n')}

const app = express();
${uses.join('\n')}
app.listen(Number(process.env.PORT ?? 3000));
`;
}

const BODIES = [
  // One statement.
  `const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('SELECT id, name FROM users WHERE id = $1', [req.query.id]);
  await client.end();
  res.json(rows);`,
  // Several, with a finally.
  `const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const users = await client.query('SELECT id, name FROM users WHERE id = $1', [req.query.id]);
    const orders = await client.query('SELECT total FROM orders WHERE user_id = $1 ORDER BY id', [req.query.id]);
    res.json({ users: users.rows, orders: orders.rows });
  } finally {
    await client.end();
  }`,
  // A transaction that nobody rolls back.
  `const db = new Client(process.env.DATABASE_URL);
  await db.connect();
  await db.query('BEGIN');
  await db.query('INSERT INTO visits (user_id) VALUES ($1)', [req.query.id]);
  const { rows } = await db.query('SELECT name FROM users WHERE id = $1', [req.query.id]);
  await db.query('COMMIT');
  await db.end();
  res.json(rows);`,
  // A pool for one request.
  `const own = new Pool({ connectionString: process.env.DATABASE_URL });
  try {
    const { rows } = await own.query('SELECT total FROM orders WHERE user_id = $1 ORDER BY id', [req.query.id]);
    res.json(rows);
  } finally {
    await own.end();
  }`,
];

function route(number: number): string {
  const body = BODIES[number % BODIES.length]!;
  return `import { Router } from 'express';
import { ${body.includes('Pool') ? 'Pool' : 'Client'} } from 'pg';

export const route${number} = Router();

route${number}.get('/', async (req, res) => {
  ${body}
});
`;
}
