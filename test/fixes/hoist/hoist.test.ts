import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { hoisted, typeErrors } from '../hoisted.ts';

interface Case {
  readonly name: string;
  readonly filename: string;
  /** Findings that nothing repairs. */
  readonly left?: number;
  readonly code: string;
  readonly output: string;
}

const cases: readonly Case[] = [
  {
    name: 'literals: built with the module; its comments go along, its end and the empty finally go',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
  // One pool for each request.
  const pool = new Pool({
    host: 'localhost',
    max: 5,
  });
  try {
    const { rows } = await pool.query('SELECT 1');
    res.json(rows);
  } finally {
    await pool.end();
  }
});
`,
    output: `import express from 'express';
import { Pool } from 'pg';

// One pool for each request.
const pool = new Pool({
  host: 'localhost',
  max: 5,
}).on('error', console.error);

const app = express();

app.get('/users', async (req, res) => {
  const { rows } = await pool.query('SELECT 1');
  res.json(rows);
});
`,
  },
  {
    name: 'the environment: built when first needed, and the same words share one',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  const { rows } = await pool.query('SELECT 1');
  res.json(rows);
  await pool.end();
});

app.get('/posts', async (req, res) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  try {
    const all = await Promise.all(['a', 'b'].map((one) => pool.query(one)));
    res.json(all);
  } catch (error) {
    res.json({ error });
  } finally {
    await pool.end();
  }
});
`,
    output: `import express from 'express';
import { Pool } from 'pg';

let pool: Pool | undefined;

const app = express();

app.get('/users', async (req, res) => {
  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
  const { rows } = await pool.query('SELECT 1');
  res.json(rows);
});

app.get('/posts', async (req, res) => {
  const pool2 = (pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error));
  try {
    const all = await Promise.all(['a', 'b'].map((one) => pool2.query(one)));
    res.json(all);
  } catch (error) {
    res.json({ error });
  }
});
`,
  },
  {
    name: 'a local of the environment may stay where it is',
    filename: 'file.js',
    code: `'use strict'
const express = require('express')
const mysql = require('mysql2/promise')
const app = express()

app.get('/users', async (req, res) => {
  const connectionString = process.env.DB
  const pool = mysql.createPool(connectionString)
  const [rows] = await pool.query('SELECT 1')
  await pool.end()
  res.json(rows)
})
`,
    output: `'use strict'
const express = require('express')
const mysql = require('mysql2/promise')

let pool

const app = express()

app.get('/users', async (req, res) => {
  const connectionString = process.env.DB
  pool ??= mysql.createPool(connectionString)
  const [rows] = await pool.query('SELECT 1')
  res.json(rows)
})
`,
  },
  {
    name: 'a route of Next.js: kept on globalThis at once',
    filename: 'app/api/users/route.ts',
    code: `import { NextResponse } from 'next/server';
import { PrismaClient } from '@prisma/client';

export async function GET() {
  const prisma = new PrismaClient();
  const users = await prisma.user.findMany();
  return NextResponse.json(users);
}
`,
    output: `import { NextResponse } from 'next/server';
import { PrismaClient } from '@prisma/client';

const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
const prisma = globalForPrisma.prisma ?? new PrismaClient();
if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;

export async function GET() {
  const users = await prisma.user.findMany();
  return NextResponse.json(users);
}
`,
  },
  {
    name: 'an agent among the options of a call',
    filename: 'file.ts',
    code: `import https from 'node:https';
import axios from 'axios';
import express from 'express';

const app = express();

app.get('/proxy', async (req, res) => {
  const { data } = await axios.get('https://example.com', {
    httpsAgent: new https.Agent({ keepAlive: true, rejectUnauthorized: false }),
    timeout: 5000,
  });
  res.json(data);
});
`,
    output: `import https from 'node:https';
import axios from 'axios';
import express from 'express';

const httpsAgent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

const app = express();

app.get('/proxy', async (req, res) => {
  const { data } = await axios.get('https://example.com', {
    httpsAgent,
    timeout: 5000,
  });
  res.json(data);
});
`,
  },
  {
    name: 'a generic factory: a function of the module tells the type',
    filename: 'file.ts',
    code: `import express from 'express';
import postgres from 'postgres';

const app = express();

app.get('/users', async (req, res) => {
  const sql = postgres(process.env.DATABASE_URL!, { max: 1 });
  const users = await sql\`SELECT id FROM users\`;
  await sql.end({ timeout: 5 });
  res.json(users.map(({ id }) => id));
});
`,
    output: `import express from 'express';
import postgres from 'postgres';

const makeSql = () => postgres(process.env.DATABASE_URL!, { max: 1 });
let sql: ReturnType<typeof makeSql> | undefined;

const app = express();

app.get('/users', async (req, res) => {
  sql ??= makeSql();
  const users = await sql\`SELECT id FROM users\`;
  res.json(users.map(({ id }) => id));
});
`,
  },
  {
    name: 'a client that may be opened again keeps that call',
    filename: 'file.ts',
    code: `import express from 'express';
import { MongoClient } from 'mongodb';

const app = express();

app.get('/users', async (req, res) => {
  const client = new MongoClient('mongodb://localhost/app');
  try {
    await client.connect();
    const users = await client.db().collection('users').find().toArray();
    res.json(users);
  } finally {
    await client.close();
  }
});
`,
    output: `import express from 'express';
import { MongoClient } from 'mongodb';

const client = new MongoClient('mongodb://localhost/app');

const app = express();

app.get('/users', async (req, res) => {
  await client.connect();
  const users = await client.db().collection('users').find().toArray();
  res.json(users);
});
`,
  },
  {
    name: 'a variable that is written in the try',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
  let pool: Pool | undefined;
  try {
    pool = new Pool();
    res.json(await pool.query('SELECT 1'));
  } catch (error) {
    res.json(error);
  } finally {
    if (pool) await pool.end();
  }
});
`,
    output: `import express from 'express';
import { Pool } from 'pg';

let sharedPool: Pool | undefined;

const app = express();

app.get('/users', async (req, res) => {
  let pool: Pool | undefined;
  try {
    pool = (sharedPool ??= new Pool().on('error', console.error));
    res.json(await pool.query('SELECT 1'));
  } catch (error) {
    res.json(error);
  }
});
`,
  },
  {
    name: 'the end in a chain, and in a listener of the response',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';

const app = express();

app.get('/users', (req, res) => {
  const pool = new Pool({ host: 'db' });
  return pool
    .query('SELECT 1')
    .then(({ rows }) => res.json(rows))
    .finally(() => pool.end());
});
app.get('/posts', (req, res) => {
  const pool = new Pool({ host: 'db' });
  res.on('finish', () => pool.end());
  return pool.query('SELECT 2').then(({ rows }) => res.json(rows));
});
`,
    output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

const app = express();

app.get('/users', (req, res) => {
  return pool
    .query('SELECT 1')
    .then(({ rows }) => res.json(rows));
});
app.get('/posts', (req, res) => {
  return pool.query('SELECT 2').then(({ rows }) => res.json(rows));
});
`,
  },
  {
    name: 'a loop, and an end whose errors are caught',
    filename: 'file.ts',
    code: `import { Pool } from 'pg';

export async function load(names: string[]) {
  const all: unknown[] = [];
  for (const name of names) {
    const pool = new Pool({ host: 'db' });
    all.push(name, await pool.query('SELECT 1'));
    await pool.end().catch(() => {});
  }
  return all;
}
`,
    output: `import { Pool } from 'pg';

const pool = new Pool({ host: 'db' }).on('error', console.error);

export async function load(names: string[]) {
  const all: unknown[] = [];
  for (const name of names) {
    all.push(name, await pool.query('SELECT 1'));
  }
  return all;
}
`,
  },
  {
    name: 'the margins, quotes and templates of the file stay',
    filename: 'file.js',
    code: `const { Pool } = require("pg");

exports.handler = async (event) => {
	/**
	 * connects
	 */
	const pool = new Pool({ // options
		host: "db",
		query: \`
		  x\`,
	}); // trailing

	// read
	try {
		const a = await pool.query(\`
			SELECT 1\`);
		return a;
	} finally {
		console.log("done");
		// close it
		await pool.end();
	}
};
`,
    output: `const { Pool } = require("pg");

exports.handler = async (event) => {
	/**
	 * connects
	 */
	const pool = new Pool({ // options
		host: "db",
		query: \`
		  x\`,
	}); // trailing

	// read
	try {
		const a = await pool.query(\`
			SELECT 1\`);
		return a;
	} finally {
		console.log("done");
		// close it
		await pool.end();
	}
};
`,
  },
  {
    name: 'an early end, and a try that only ended it',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';

const app = express();

app.get('/users', async (req, res) => {
  const pool = new Pool();

  try {
    const { rows } = await pool.query('SELECT 1');
    if (rows.length === 0) {
      await pool.end();
      return res.json([]);
    }
    res.json(rows);
  } catch (error) {
    res.json(error);
  }
  try {
    await pool.end();
  } catch {}
});
`,
    output: `import express from 'express';
import { Pool } from 'pg';

let pool: Pool | undefined;

const app = express();

app.get('/users', async (req, res) => {
  pool ??= new Pool().on('error', console.error);

  try {
    const { rows } = await pool.query('SELECT 1');
    if (rows.length === 0) {
      return res.json([]);
    }
    res.json(rows);
  } catch (error) {
    res.json(error);
  }
});
`,
  },
  {
    name: 'two handlers that build the same have one',
    filename: 'file.ts',
    code: `import express from 'express';
import { Pool } from 'pg';

const app = express();

app.get('/a', async (req, res) => {
  const pool = new Pool({ host: 'db', max: 2 });
  res.json(await pool.query('SELECT 1'));
});
app.get('/b', async (req, res) => {
  const db = new Pool({ host: 'db', max: 2 });
  res.json(await db.query('SELECT 2'));
  await db.end();
});
`,
    output: `import express from 'express';
import { Pool } from 'pg';

const pool = new Pool({ host: 'db', max: 2 }).on('error', console.error);

const app = express();

app.get('/a', async (req, res) => {
  res.json(await pool.query('SELECT 1'));
});
app.get('/b', async (req, res) => {
  res.json(await pool.query('SELECT 2'));
});
`,
  },
  {
    name: 'agents in options that are declared before',
    filename: 'file.js',
    code: `const https = require('https');
const axios = require('axios');

exports.proxy = (app) => {
  app.get('/x', async (req, res) => {
    const options = { httpsAgent: new https.Agent({ keepAlive: true }), timeout: 1 };
    const agent = new https.Agent({ keepAlive: true, maxSockets: 3 });
    await fetch('https://a', { agent });
    res.json((await axios.get('https://b', options)).data);
    agent.destroy();
  });
};
`,
    output: `const https = require('https');
const axios = require('axios');

const agent = new https.Agent({ keepAlive: true, maxSockets: 3 });

const httpsAgent = new https.Agent({ keepAlive: true });

exports.proxy = (app) => {
  app.get('/x', async (req, res) => {
    const options = { httpsAgent, timeout: 1 };
    await fetch('https://a', { agent });
    res.json((await axios.get('https://b', options)).data);
  });
};
`,
  },
];

const typed = cases.filter(({ filename }) => filename.endsWith('.ts'));
const errors = typeErrors(typed.flatMap(({ code, output }) => [code, output]));

describe('moved to module level', () => {
  it.for(cases)('$name', ({ code, filename, left = 0, output }) => {
    expect(hoisted(code, repairByHoisting, filename)).toEqual({ output, left });
  });

  it.for(typed)('and still compiles: $name', (one) => {
    const at = typed.indexOf(one) * 2;
    expect([errors[at], errors[at + 1]]).toEqual([[], []]);
  });
});
