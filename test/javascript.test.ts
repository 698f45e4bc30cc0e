import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.ts';

/**
 * Classes in plain JavaScript: the trees of ESLint's own parser lack decorators, interfaces and types, where those of
 * typescript-eslint have empty lists.
 */

const programs: Readonly<Record<string, string>> = {
  'a pool built in a method': `
import { Pool } from 'pg';
export class Store {
  open() { const pool = new Pool({ max: 0 }); return pool; }
}`,
  'a pool built in a constructor': `
import { Pool } from 'pg';
export class Store {
  constructor() { this.pool = new Pool({ max: Infinity }); }
}`,
  'a pool built in a method of a class that extends another': `
import { Pool } from 'pg';
import { Base } from './base.js';
export class Store extends Base {
  async list() { const pool = new Pool(); const { rows } = await pool.query('SELECT 1'); await pool.end(); return rows; }
}`,
  'options in a field': `
import { Pool } from 'pg';
export class Store {
  options = { max: 0 };
  open() { return new Pool(this.options); }
}`,
  'options in a static and a private field': `
import { Pool } from 'pg';
export class Store {
  static options = { max: 0 };
  #own = { max: Infinity };
  open() { return [new Pool(Store.options), new Pool(this.#own)]; }
}`,
  'options in a field that a variable takes': `
import mysql from 'mysql2';
export class Store {
  options = { connectionLimit: 0 };
  open() { const options = this.options; return mysql.createPool(options); }
}`,
  'a pool in a field': `
import { Pool } from 'pg';
export class Store {
  pool = new Pool();
  async list() { const client = await this.pool.connect(); const { rows } = await client.query('SELECT 1'); client.release(); return rows; }
}`,
  'a method that a framework calls': `
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
export class Visits {
  async use(request, response, next) { const pool = new Pool(); await pool.query('SELECT 1'); next(); }
}`,
  'a class expression': `
import { Client } from 'pg';
export default class extends (await import('./base.js')).Base {
  async now() { const client = new Client(); await client.connect(); return client.query('SELECT now()'); }
}`,
};

function lint(code: string, own: Linter.LanguageOptions): string[] {
  const config = [{ files: ['**'], languageOptions: own }, plugin.configs.all];
  return new Linter({ configType: 'flat' })
    .verify(code, config, 'store.js')
    .map(({ line, message, ruleId }) => `${line} ${ruleId} ${message}`);
}

describe('plain JavaScript', () => {
  it.for(Object.entries(programs))('%s', ([, code]) => {
    const messages = lint(code, {});
    expect(messages).toEqual(lint(code, { parser }));
    expect(messages.length).toBeGreaterThan(0);
  });
});
