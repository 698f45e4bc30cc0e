import rule from '../../rules/no-pool-in-handler.ts';
import { testRule } from '../support/rule-tester.ts';
import { at } from './at.ts';

testRule('no-pool-in-handler', rule, {
  valid: [
    {
      name: 'at module level: repaired',
      code: `
import express from 'express';
import { Pool } from 'pg';
const app = express();
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
pool.on('error', console.error);
app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'one for each tenant, kept: repaired',
      code: `
import { Pool } from 'pg';
const pools = new Map();
export async function listUsers(req, res) {
  let pool = pools.get(req.params.tenant);
  if (!pool) {
    pool = new Pool({ database: req.params.tenant });
    pools.set(req.params.tenant, pool);
  }
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
}
`,
    },
    {
      name: 'a helper that keeps it: repaired',
      code: `
import express from 'express';
import { Pool } from 'pg';
const app = express();
let pool: Pool | undefined;
function openPool() {
  return (pool ??= new Pool({ host: 'db', max: 5 }));
}
app.get('/users', async (req, res) => {
  const pool = openPool();
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'a class of the handler, over the pool of the module: repaired',
      code: `
import express from 'express';
import { Pool } from 'pg';
const app = express();
const shared = new Pool({ host: 'db' });
class Users {
  pool = shared;
}
app.get('/users', async (req, res) => {
  const users = new Users();
  const { rows } = await users.pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'handed to the provider: repaired',
      code: `
import { Injectable, Scope } from '@nestjs/common';
import type { Pool } from 'pg';
@Injectable({ scope: Scope.REQUEST })
export class Users {
  constructor(private readonly pool: Pool) {}
}
`,
    },
  ],
  invalid: [
    {
      name: "the page's first example: a route of Express",
      code: `import express from 'express';
import { Pool } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  try {
    const { rows } = await pool.query('SELECT * FROM users');
    res.json(rows);
  } finally {
    await pool.end();
  }
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 6 },
          ...at(7, 16, 7, 72),
        },
      ],
      output: `import express from 'express';
import { Pool } from 'pg';

let pool: Pool | undefined;

const app = express();

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
    {
      name: 'slot: constants are built with the module',
      code: `import Fastify from 'fastify';
import { Pool } from 'pg';
const app = Fastify();
app.get('/users', async () => {
  const pool = new Pool({ host: 'db', max: 5 });
  const { rows } = await pool.query('SELECT * FROM users');
  await pool.end();
  return rows;
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Fastify route handler', line: 4 },
          ...at(5, 16, 5, 48),
        },
      ],
      output: `import Fastify from 'fastify';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db', max: 5 }).on('error', console.error);

const app = Fastify();
app.get('/users', async () => {
  const { rows } = await pool.query('SELECT * FROM users');
  return rows;
});
`,
    },
    {
      name: 'slot: data of the request keep it there',
      code: `import express from 'express';
import { Pool } from 'pg';
const app = express();
app.get('/users', async (req, res) => {
  const pool = new Pool({ database: req.tenant.database });
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 4 },
          ...at(5, 16, 5, 59),
        },
      ],
    },
    {
      name: 'called: by a helper of the file',
      code: `import express from 'express';
import { Pool } from 'pg';
const app = express();
function openPool() {
  return new Pool({ host: 'db', max: 5 });
}
app.get('/users', async (req, res) => {
  const pool = openPool();
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 7 },
          ...at(5, 10, 5, 42),
        },
      ],
    },
    {
      name: 'called: through a method',
      code: `import { Controller, Get } from '@nestjs/common';
import { Pool } from 'pg';
@Controller('users')
export class UsersController {
  @Get() async all() {
    return await this.load('SELECT * FROM users');
  }
  private async load(text: string) {
    const pool = new Pool({ host: 'db' });
    const { rows } = await pool.query(text);
    await pool.end();
    return rows;
  }
}
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'NestJS route handler', line: 5 },
          ...at(9, 18, 9, 42),
        },
      ],
      output: `import { Controller, Get } from '@nestjs/common';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

@Controller('users')
export class UsersController {
  @Get() async all() {
    return await this.load('SELECT * FROM users');
  }
  private async load(text: string) {
    const { rows } = await pool.query(text);
    return rows;
  }
}
`,
    },
    {
      name: 'called: by a class that the handler constructs',
      code: `import express from 'express';
import { Pool } from 'pg';
const app = express();
class Users {
  pool = new Pool({ host: 'db' });
}
app.get('/users', async (req, res) => {
  const users = new Users();
  const { rows } = await users.pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 7 },
          ...at(5, 10, 5, 34),
        },
      ],
    },
    {
      name: 'parameters: of an exported handler',
      code: `import { Pool } from 'pg';
export async function listUsers(req, res) {
  const pool = new Pool({ host: 'db' });
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
}
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express request handler', line: 2 },
          ...at(3, 16, 3, 40),
        },
      ],
      output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function listUsers(req, res) {
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
}
`,
    },
    {
      name: 'a provider of each request',
      code: `import { Injectable, Scope } from '@nestjs/common';
import { Pool } from 'pg';
@Injectable({ scope: Scope.REQUEST })
export class Users {
  constructor() {
    this.pool = new Pool({ host: 'db' });
  }
}
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'NestJS request-scoped provider', line: 5 },
          ...at(6, 17, 6, 41),
        },
      ],
    },
    {
      name: 'a guard that tests something else is none',
      code: `import express from 'express';
import { Pool } from 'pg';
const app = express();
app.get('/users', async (req, res) => {
  if (!req.query.all) return res.json([]);
  const pool = new Pool({ host: 'db' });
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
      errors: [
        {
          messageId: 'handler',
          data: { source: 'new Pool', what: 'Express route handler', line: 4 },
          ...at(6, 16, 6, 40),
        },
      ],
      output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

const app = express();
app.get('/users', async (req, res) => {
  if (!req.query.all) return res.json([]);
  const { rows } = await pool.query('SELECT * FROM users');
  res.json(rows);
});
`,
    },
  ],
});
