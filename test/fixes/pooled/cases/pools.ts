import type { Change } from '../../change.ts';

/** Which pool: that of the settings, one of the file, or a new one for several functions. */
export const pools: readonly Change[] = [
  {
    name: 'shares one pool among the functions of a file',
    change: `
 import { NextResponse } from 'next/server';
-import { Client } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;

 export async function GET() {
-  const client = new Client({
+  pool ??= new Pool({
     connectionString: process.env.DATABASE_URL,
     ssl: { rejectUnauthorized: false },
-  });
+  })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error));

   try {
-    await client.connect();
-
-    const result = await client.query('SELECT * FROM todos');
+    const result = await pool.query('SELECT * FROM todos');

     return NextResponse.json(result.rows);
   } catch (error) {
     console.error('Database error:', error);
     return NextResponse.json({ error: 'failed' }, { status: 500 });
-  } finally {
-    await client.end();
   }
 }

 export async function POST(request: Request) {
-  const client = new Client({
+  pool ??= new Pool({
     connectionString: process.env.DATABASE_URL,
     ssl: { rejectUnauthorized: false },
-  });
+  })
+    .on('error', console.error)
+    .on('connect', (each) => each.on('error', console.error));

   try {
     const { title } = await request.json();
-    await client.connect();
+    const client = await pool.connect();

-    await client.query('INSERT INTO todos (title) VALUES ($1)', [title]);
-    const result = await client.query('SELECT * FROM todos');
+    try {
+      await client.query('INSERT INTO todos (title) VALUES ($1)', [title]);
+      const result = await client.query('SELECT * FROM todos');

-    return NextResponse.json(result.rows);
+      return NextResponse.json(result.rows);
+    } finally {
+      client.release();
+    }
   } catch (error) {
     console.error('Database error:', error);
     return NextResponse.json({ error: 'failed' }, { status: 500 });
-  } finally {
-    await client.end();
   }
 }
`,
  },
  {
    name: 'uses the pool of the file',
    change: `
-import { Client, Pool } from 'pg';
+import { Pool } from 'pg';
 const db = new Pool({ connectionString: process.env.DATABASE_URL, max: 5 });
 app.post('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const one = await client.query('SELECT 1');
-  res.json({ one, two: await client.query('SELECT 2') });
-  await client.end();
+  const client = await db.connect();
+  try {
+    const one = await client.query('SELECT 1');
+    res.json({ one, two: await client.query('SELECT 2') });
+  } finally {
+    client.release();
+  }
 });
`,
  },
  {
    name: 'imports the shared pool from where the file stands',
    filename: 'src/routes/a.ts',
    settings: { sharedPool: { module: './src/db.js', export: 'pool' } },
    change: `
-import { Client } from 'pg';
+import { pool } from '../db.js';
 app.get('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  await client.end();
+  const { rows } = await pool.query('SELECT * FROM users');
   res.json(rows);
 });
`,
  },
  {
    name: 'requires the shared pool',
    filename: 'src/routes/a.cjs',
    settings: { sharedPool: { module: '@/db', export: 'default' } },
    change: `
 const express = require('express');
-const { Client, types } = require('pg');
+const { types } = require('pg');
+const pool = require('@/db');
 app.get('/users', async (req, res) => {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const { rows } = await client.query('SELECT * FROM users');
-  await client.end();
+  const { rows } = await pool.query('SELECT * FROM users');
   res.json(rows);
 });
`,
  },
  {
    name: 'imports a default in the quotes of the file',
    settings: { sharedPool: { module: '@app/db', export: 'default' } },
    change: `
 import express from "express";
-import { Client } from "pg";
+import pool from "@app/db";
 export async function run() {
-  const client = new Client({ host: "db" });
-  await client.connect();
-  const { rows } = await client.query("SELECT 1");
-  await client.end();
+  const { rows } = await pool.query("SELECT 1");
   return rows;
 }
`,
  },
  {
    name: 'uses the shared pool by the name that the file has for it',
    filename: 'src/routes/a.ts',
    settings: { sharedPool: { module: './src/db.js', export: 'pool' } },
    change: `
-import { Client } from 'pg';
 import { pool as db } from '../db';
 export async function run() {
-  const client = new Client({ host: 'db' });
-  await client.connect();
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
+  const { rows } = await db.query('SELECT 1');
   return rows;
 }
`,
  },
  {
    name: 'gives the shared pool another name where its own is taken',
    settings: { sharedPool: { module: '@app/db', export: 'pool' } },
    change: `
-import { Client } from 'pg';
 import { pool } from './swimming.js';
+import { pool as pool2 } from '@app/db';
 export async function run() {
-  const client = new Client({ host: 'db' });
-  await client.connect();
-  const { rows } = await client.query('SELECT 1', [pool]);
-  await client.end();
+  const { rows } = await pool2.query('SELECT 1', [pool]);
   return rows;
 }
`,
  },
  {
    name: 'does not import the file into itself',
    filename: 'src/db.ts',
    settings: { sharedPool: { module: './src/db.js', export: 'pool' } },
    change: `
-import { Client, Pool } from 'pg';
+import { Pool } from 'pg';
 export const pool = new Pool({ host: 'db', max: 3 });
 export async function run() {
-  const client = new Client({ host: 'db' });
-  await client.connect();
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
+  const { rows } = await pool.query('SELECT 1');
   return rows;
 }
`,
  },
  {
    name: 'uses a pool of the file to which somebody listens',
    change: `
-import { Client, Pool } from 'pg';
+import { Pool } from 'pg';
 import { log } from './log.js';
 let db: Pool | undefined;
 export function connect() {
   return (db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log));
 }
 export async function run(id?: string) {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
+  db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log);
+  const { rows } = await db.query('SELECT 1');
   return rows;
 }
`,
  },
  {
    name: 'leaves a pool of the file as it is',
    change: `
-import { Client, Pool } from 'pg';
+import { Pool } from 'pg';
 const db = new Pool({ host: 'db', max: 5 }).on('error', (error) => console.error(error));
 export async function run(id?: string) {
-  const client = new Client({ host: 'db' });
-  await client.connect();
-  await client.query('UPDATE a SET b = 1');
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
-  return rows;
+  const client = await db.connect();
+  try {
+    await client.query('UPDATE a SET b = 1');
+    const { rows } = await client.query('SELECT 1');
+    return rows;
+  } finally {
+    client.release();
+  }
 }
`,
  },
  {
    name: 'does not copy a listener that is another one elsewhere',
    change: `
-import { Client, Pool } from 'pg';
+import { Pool } from 'pg';
+
+let pool: Pool | undefined;
+
 let db: Pool | undefined;
 export function connect(log: (error: Error) => void) {
   return (db ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', log));
 }
 export async function run(id?: string) {
-  const client = new Client({ connectionString: process.env.DATABASE_URL });
-  await client.connect();
-  const { rows } = await client.query('SELECT 1');
-  await client.end();
+  pool ??= new Pool({ connectionString: process.env.DATABASE_URL }).on('error', console.error);
+  const { rows } = await pool.query('SELECT 1');
   return rows;
 }
`,
  },
];
