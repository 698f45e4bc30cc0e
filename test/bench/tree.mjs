import path from 'node:path';
import { readSources } from '../corpus/files.mjs';

/**
 * What is linted when no directory is given: source files of installed packages, which nobody wrote for this, and one
 * file in twenty that takes connections (in the repositories of docs/design/accuracy.md it is one in a hundred). The same files in the same order each time.
 */

const PACKAGES = ['eslint/lib', '@typescript-eslint/scope-manager', '@typescript-eslint/typescript-estree', 'knip'];
const PLAIN = 532;
const HOLDING = 28;

export function defaultTree() {
  const modules = path.join(import.meta.dirname, '../../node_modules');
  const plain = PACKAGES.flatMap((name) =>
    readSources({ directory: path.join(modules, name), built: true }).map(({ name: file, code }) => ({
      name: `${name}/${file}`,
      code,
    })),
  ).filter(({ name }) => !name.endsWith('.d.ts'));
  const holding = Array.from({ length: HOLDING }, (_, index) => ({
    name: `services/service-${index}.ts`,
    code: service(index),
  }));
  return [...plain.slice(0, PLAIN), ...holding];
}

const METHODS = [
  (id) => `
  async find${id}(id: string): Promise<Row | undefined> {
    const client = await this.pool.connect();
    try {
      const { rows } = await client.query<Row>('SELECT * FROM table_${id} WHERE id = $1', [id]);
      return rows[0];
    } finally {
      client.release();
    }
  }`,
  (id) => `
  async move${id}(from: string, to: string, amount: number): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const { rowCount } = await client.query('UPDATE table_${id} SET n = n - $1 WHERE id = $2', [amount, from]);
      if (rowCount === 0) throw new Error(\`nothing at \${from}\`);
      await client.query('UPDATE table_${id} SET n = n + $1 WHERE id = $2', [amount, to]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }`,
  (id) => `
  async list${id}({ page = 0, size = 20, order }: Page): Promise<{ rows: Row[]; next?: number }> {
    const offset = page * size;
    const sorted = order === 'newest' ? 'created_at DESC' : 'id';
    const { rows } = await this.pool.query<Row>(\`SELECT * FROM table_${id} ORDER BY \${sorted} LIMIT $1 OFFSET $2\`, [size + 1, offset]);
    const visible = rows.slice(0, size).map((row) => ({ ...row, name: row.name.trim() }));
    return rows.length > size ? { rows: visible, next: page + 1 } : { rows: visible };
  }`,
  (id) => `
  async export${id}(write: (line: string) => boolean): Promise<number> {
    const client = await this.pool.connect();
    const { rows } = await client.query<Row>('SELECT * FROM table_${id}');
    let written = 0;
    for (const row of rows) {
      if (!write(JSON.stringify(row))) break;
      written++;
    }
    client.release();
    return written;
  }`,
];

/** What stands around the queries in every such file. */
const PLAIN_CODE = `
export interface Row { id: string; name: string; created_at: Date }
interface Page { page?: number; size?: number; order?: 'newest' | 'id' }

const NAME = /^[a-z][a-z0-9-]{2,40}$/;

export function validate(input: Partial<Row>): string[] {
  const problems: string[] = [];
  if (!input.name) problems.push('name is missing');
  else if (!NAME.test(input.name)) problems.push(\`name "\${input.name}" is not allowed\`);
  if (input.created_at && Number.isNaN(input.created_at.getTime())) problems.push('created_at is no date');
  return problems;
}

export function summarize(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name, created_at } of rows) {
    const key = \`\${name}/\${created_at.getUTCFullYear()}\`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => a.localeCompare(b)));
}

export const toJson = ({ id, name, created_at }: Row, links = true) => ({
  id,
  name,
  createdAt: created_at.toISOString(),
  ...(links ? { links: { self: \`/rows/\${id}\`, owner: \`/owners/\${encodeURIComponent(name)}\` } } : {}),
});
`;

/** Two to three checkouts a file, as in real code. */
function service(index) {
  const methods = Array.from({ length: 1 + (index % 6) }, (_, at) => METHODS[(index + at) % METHODS.length](at));
  return `import { Pool } from 'pg';
${PLAIN_CODE}
export class Service${index} {
  constructor(private readonly pool: Pool) {}
${methods.join('\n')}
}
`;
}
