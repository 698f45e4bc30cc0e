import type { InvalidCase, ValidCase } from '../support/cases.ts';

/** Tables of limits: one line per case, the place of the report between « and ». */

export const imports = {
  axios: "import axios from 'axios';",
  got: "import got from 'got';",
  agents: "import http from 'node:http';",
  'cassandra-driver': "import { Client } from 'cassandra-driver';",
  'drizzle-mysql2': "import { drizzle } from 'drizzle-orm/mysql2';",
  'drizzle-pg': "import { drizzle } from 'drizzle-orm/node-postgres';",
  'drizzle-postgres': "import { drizzle } from 'drizzle-orm/postgres-js';",
  'generic-pool': "import { createPool } from 'generic-pool';\nimport { factory } from './factory.js';",
  ioredis: "import Redis from 'ioredis';",
  knex: "import knex from 'knex';",
  mariadb: "import mariadb from 'mariadb';",
  mongodb: "import { MongoClient } from 'mongodb';",
  mongoose: "import mongoose from 'mongoose';",
  mssql: "import sql from 'mssql';",
  mysql: "import mysql from 'mysql';",
  mysql2: "import mysql from 'mysql2/promise';",
  oracledb: "import oracledb from 'oracledb';",
  pg: "import { Client, Pool } from 'pg';",
  'pg-promise': "import pgPromise from 'pg-promise';\nconst pgp = pgPromise();",
  postgres: "import postgres from 'postgres';",
  prisma: "import { PrismaClient } from '@prisma/client';",
  'prisma-mariadb': "import { PrismaMariaDb } from '@prisma/adapter-mariadb';",
  'prisma-pg': "import { PrismaPg } from '@prisma/adapter-pg';",
  redis: "import { createClient, createClientPool } from 'redis';",
  sequelize: "import { Sequelize } from 'sequelize';",
  'sequelize-core': "import { Sequelize } from '@sequelize/core';",
  slonik: "import { createPool } from 'slonik';",
  tarn: "import { Pool } from 'tarn';",
  typeorm: "import { DataSource } from 'typeorm';",
  undici: "import { Agent, Client, Pool } from 'undici';",
  vercel: "import { createPool } from '@vercel/postgres';",
} as const;

export type Imported = keyof typeof imports;

const differing: Partial<Record<Imported, string>> = {
  agents: 'node:http',
  'drizzle-mysql2': 'drizzle-orm',
  'drizzle-pg': 'drizzle-orm',
  'drizzle-postgres': 'drizzle-orm',
  'prisma-mariadb': 'prisma-adapters',
  'prisma-pg': 'prisma-adapters',
  'sequelize-core': '@sequelize/core',
  vercel: '@vercel/postgres',
};

/** As the messages call them. */
export const driverNames = Object.fromEntries(
  Object.keys(imports).map((name) => [name, differing[name as Imported] ?? name]),
) as Record<Imported, string>;

/** Where the mark is, and the code without it. */
export function unmark(marked: string) {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const code = marked.replace(/[«»]/g, '');
  const [line, column] = placeIn(code, start);
  const [endLine, endColumn] = placeIn(code, end);
  return { code, text: code.slice(start, end), place: { line, column, endLine, endColumn } };
}

function placeIn(code: string, index: number): [line: number, column: number] {
  const before = code.slice(0, index).split('\n');
  return [before.length, (before.at(-1) ?? '').length + 1];
}

export const built = (driver: Imported, expression: string): string =>
  `${imports[driver]}\nexport const pool = ${expression};\n`;

export interface Row {
  readonly driver: Imported;
  /** With the mark. */
  readonly expression: string;
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  /** What the repair writes in place of the mark; `-` for nothing; the whole expression where more than the mark changes. */
  readonly repair: string;
}

/** One report on a pool that is built with one expression, and its repair. */
export function invalid(row: Row, more: Partial<InvalidCase> = {}): InvalidCase {
  const { code, place } = unmark(built(row.driver, row.expression));
  const fixed = row.repair.endsWith(')') ? row.repair : row.expression.replace(/«[^»]*»/, row.repair);
  return {
    name: `${row.driver}: ${row.expression.replace(/[«»]/g, '')}`,
    code,
    errors: [{ messageId: row.messageId, data: row.data, ...place }],
    ...(row.repair !== '-' && { output: built(row.driver, fixed) }),
    ...more,
  };
}

export const valid = (driver: Imported, expression: string, more: Partial<ValidCase> = {}): ValidCase => ({
  name: `${driver}: ${expression}`,
  code: built(driver, expression),
  ...more,
});

/** `max: 10` as the sentences have it. */
export function setting(text: string): { readonly option: string; readonly value: string } {
  const [option = '', value = ''] = text.split(': ');
  return { option, value };
}

export const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

interface Report {
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  /** What the suggestion writes in place of the whole code. */
  readonly suggests?: {
    readonly messageId: string;
    readonly data: Readonly<Record<string, string>>;
    readonly output: string;
  };
}

/** One report on code with a mark, and what its repair makes of the code. */
export function reported(
  name: string,
  marked: string,
  { messageId, data, suggests }: Report,
  more: Partial<InvalidCase> = {},
): InvalidCase {
  const { code, place } = unmark(marked);
  const suggestions = suggests && { suggestions: [suggests] };
  return { name, code, errors: [{ messageId, data, ...place, ...suggestions }], ...more };
}
