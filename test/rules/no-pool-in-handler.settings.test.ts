import rule from '../../rules/no-pool-in-handler.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-pool-in-handler', rule, {
  valid: [
    {
      name: 'kept on globalThis outside of production: repaired',
      filename: 'src/app/db.ts',
      code: `
import { PrismaClient } from '@prisma/client';
const kept = globalThis as unknown as { prisma?: PrismaClient };
export const prisma = kept.prisma ?? new PrismaClient();
if (process.env.NODE_ENV !== 'production') kept.prisma = prisma;
`,
    },
    {
      name: 'own registrars only count when the settings name them',
      code: `
import { Pool } from 'pg';
import { defineRoute } from './router';
defineRoute(async (input) => {
  const pool = new Pool({ max: 1 });
  return pool.query(input);
});
`,
    },
  ],
  invalid: [
    {
      name: 'reload: a client of Prisma in a Next.js file',
      filename: 'src/app/db.ts',
      code: `import { PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();
`,
      errors: [{ messageId: 'reload', data: { source: 'new PrismaClient', what: 'Next.js' }, ...at(3, 23, 3, 41) }],
      output: `import { PrismaClient } from '@prisma/client';

const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
export const prisma = globalForPrisma.prisma ?? new PrismaClient();
if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;
`,
    },
    {
      name: 'reload: SvelteKit',
      filename: 'src/lib/server/db.js',
      code: `import { PrismaClient } from '@prisma/client'

const prisma = new PrismaClient()

export default prisma
`,
      errors: [{ messageId: 'reload', data: { source: 'new PrismaClient', what: 'SvelteKit' }, ...at(3, 16, 3, 34) }],
      output: `import { PrismaClient } from '@prisma/client'

const globalForPrisma = globalThis
const prisma = globalForPrisma.prisma ?? new PrismaClient()
if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma

export default prisma
`,
    },
    {
      name: 'forgotten: read from globalThis, never set',
      code: `import { PrismaClient } from '@prisma/client';
const kept = globalThis as unknown as { prisma?: PrismaClient };
export const prisma = kept.prisma ?? new PrismaClient();
`,
      errors: [
        { messageId: 'forgotten', data: { source: 'new PrismaClient', what: 'kept.prisma' }, ...at(3, 38, 3, 56) },
      ],
      output: `import { PrismaClient } from '@prisma/client';
const kept = globalThis as unknown as { prisma?: PrismaClient };
export const prisma = kept.prisma ?? new PrismaClient();
if (process.env.NODE_ENV !== 'production') kept.prisma = prisma;
`,
    },
    {
      name: 'forgotten: set in production only',
      code: `import { PrismaClient } from '@prisma/client';
export const prisma = global.prisma || new PrismaClient();
if (process.env.NODE_ENV === 'production') global.prisma = prisma;
`,
      errors: [
        { messageId: 'forgotten', data: { source: 'new PrismaClient', what: 'global.prisma' }, ...at(2, 40, 2, 58) },
      ],
      output: `import { PrismaClient } from '@prisma/client';
export const prisma = global.prisma || new PrismaClient();
if (process.env.NODE_ENV !== 'production') global.prisma = prisma;
if (process.env.NODE_ENV === 'production') global.prisma = prisma;
`,
    },
    {
      name: 'two in one file share one',
      code: `import express from 'express';
import { Pool } from 'pg';
const app = express();
app.get('/users', async (req, res) => {
  const pool = new Pool({ host: 'db' });
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
app.get('/posts', async (req, res) => {
  const pool = new Pool({ host: 'db' });
  const { rows } = await pool.query('SELECT * FROM posts');
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 4 },
          ...at(5, 16, 5, 40),
        },
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 9 },
          ...at(10, 16, 10, 40),
        },
      ],
      output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

const app = express();
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
app.get('/posts', async (req, res) => {
  const pool = new Pool({ host: 'db' });
  const { rows } = await pool.query('SELECT * FROM posts');
  res.json(rows);
});
`,
      remains: true,
    },
    {
      name: 'settings.handlers names own registrars',
      settings: { pool: { handlers: ['defineRoute'] } },
      code: `import { Pool } from 'pg';
import { defineRoute } from './router';
defineRoute(async (input) => {
  const pool = new Pool({ max: 1 });
  return pool.query(input);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'defineRoute handler', line: 3 },
          ...at(4, 16, 4, 36),
        },
      ],
      output: `import { Pool } from 'pg';
import { defineRoute } from './router';

let pool: Pool | undefined;

defineRoute(async (input) => {
  pool ??= new Pool({ max: 1 }).on('error', console.error);
  return pool.query(input);
});
`,
    },
    {
      name: 'settings.handlers: a method of that name',
      settings: { pool: { handlers: ['handle'] } },
      code: `import { Pool } from 'pg';
import { bus } from './bus';
bus.handle('user.created', async (event) => {
  const pool = new Pool({ max: 1 });
  await pool.query('SELECT 1', [event]);
});
`,
      errors: [
        { messageId: 'handler', data: { source: 'new Pool', what: 'handle handler', line: 3 }, ...at(4, 16, 4, 36) },
      ],
      output: `import { Pool } from 'pg';
import { bus } from './bus';

let pool: Pool | undefined;

bus.handle('user.created', async (event) => {
  pool ??= new Pool({ max: 1 }).on('error', console.error);
  await pool.query('SELECT 1', [event]);
});
`,
    },
    {
      name: 'settings.fixes structural: the repair is a suggestion',
      settings: { pool: { fixes: 'structural' } },
      code: `import express from 'express';
import { Pool } from 'pg';
const app = express();
app.get('/users', async (req, res) => {
  const pool = new Pool({ host: 'db' });
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 4 },
          ...at(5, 16, 5, 40),
          suggestions: [
            {
              messageId: 'hoist',
              output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

const app = express();
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
            },
          ],
        },
      ],
    },
    {
      name: 'settings.fixes structural: on globalThis, too',
      filename: 'src/app/db.ts',
      settings: { pool: { fixes: 'structural' } },
      code: `import { PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();
`,
      errors: [
        {
          messageId: 'reload',
          data: { source: 'new PrismaClient', what: 'Next.js' },
          ...at(3, 23, 3, 41),
          suggestions: [
            {
              messageId: 'keepOnGlobal',
              output: `import { PrismaClient } from '@prisma/client';

const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
export const prisma = globalForPrisma.prisma ?? new PrismaClient();
if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;
`,
            },
          ],
        },
      ],
    },
    {
      name: 'settings.sharedPool takes its place',
      filename: 'src/routes/users.ts',
      settings: { pool: { sharedPool: { module: './src/db.js', export: 'pool' } } },
      code: `import { Router } from 'express';
import { Pool } from 'pg';
export const users = Router();
users.get('/users', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  const { rows } = await pool.query('SELECT * FROM users');
  await pool.end();
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 4 },
          ...at(5, 16, 5, 72),
        },
      ],
      output: `import { Router } from 'express';
import { pool } from '../db.js';
export const users = Router();
users.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
  ],
});
