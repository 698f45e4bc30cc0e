import rule from '../../rules/no-unbounded-pool.ts';
import { testRule } from '../support/rule-tester.ts';
import { reported } from './marked.ts';

const unbounded = (name: string, cause: string, option: string, value: string) => ({
  messageId: 'unbounded',
  data: { name, cause, option, value },
});
const infinite = (name: string) => unbounded(name, '`max: Infinity` means no limit in pg', 'max', '10');

testRule('no-unbounded-pool', rule, {
  valid: [
    {
      name: "the page's first example: repaired",
      code: `
import mysql from 'mysql2/promise';
export const pool = mysql.createPool({ uri: process.env.DATABASE_URL, connectionLimit: 10 });
`,
    },
    {
      name: 'the bound of the driver holds, where nobody wrote one',
      code: `
import { Pool } from 'pg';
export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
`,
    },
    {
      name: 'a variable of the environment, with and without a fallback',
      code: `
import { Pool } from 'pg';
export const pool = new Pool({ max: Number(process.env.POOL_MAX) });
export const other = new Pool({ max: parseInt(process.env.POOL_MAX ?? '10', 10) });
`,
    },
    {
      name: 'set later, to a number',
      code: `
import { Pool } from 'pg';
const options = { max: Infinity };
options.max = 10;
export const pool = new Pool(options);
`,
    },
    {
      name: 'more may be open than are kept',
      code: `
import { Pool } from 'pg';
export const pool = new Pool({ min: 2, max: 2 });
`,
    },
    {
      name: 'a bound over all origins is a bound',
      code: `
import { Agent } from 'node:https';
export const agent = new Agent({ keepAlive: true, maxTotalSockets: 200 });
`,
    },
  ],
  invalid: [
    reported(
      "the page's first example",
      `import mysql from 'mysql2/promise';

export const pool = mysql.createPool({
  uri: process.env.DATABASE_URL,
  «connectionLimit: 0»,
});
`,
      unbounded('pool', '`connectionLimit: 0` means no limit in mysql2', 'connectionLimit', '10'),
      {
        output: `import mysql from 'mysql2/promise';

export const pool = mysql.createPool({
  uri: process.env.DATABASE_URL,
  connectionLimit: 10,
});
`,
      },
    ),
    reported(
      'a fallback of the environment',
      `import { MongoClient } from 'mongodb';
export const client = new MongoClient('mongodb://db.internal/shop', {
  «maxPoolSize: Number(process.env.MONGO_POOL ?? 0)»,
});
`,
      unbounded('client', '`maxPoolSize: 0` means no limit in mongodb', 'maxPoolSize', '100'),
      {
        output: `import { MongoClient } from 'mongodb';
export const client = new MongoClient('mongodb://db.internal/shop', {
  maxPoolSize: Number(process.env.MONGO_POOL ?? 100),
});
`,
      },
    ),
    reported(
      'required, in the style of the file',
      `const https = require('node:https')
const agent = «new https.Agent({ keepAlive: true })»
module.exports = { agent }
`,
      unbounded('agent', 'node:http has no limit by default', 'maxSockets', '50'),
      {
        filename: 'agent.js',
        output: `const https = require('node:https')
const agent = new https.Agent({ keepAlive: true, maxSockets: 50 })
module.exports = { agent }
`,
      },
    ),
    reported(
      'a constant',
      `import { Pool } from 'pg';
const UNLIMITED = Infinity;
export const pool = new Pool({ «max: UNLIMITED» });
`,
      infinite('pool'),
      {
        output: `import { Pool } from 'pg';
const UNLIMITED = 10;
export const pool = new Pool({ max: UNLIMITED });
`,
      },
    ),
    reported(
      'one object for two pools, reported once',
      `import { Pool } from 'pg';
const options = { «max: Infinity» };
export const main = new Pool(options);
export const reports = new Pool(options);
`,
      infinite('main'),
      {
        output: `import { Pool } from 'pg';
const options = { max: 10 };
export const main = new Pool(options);
export const reports = new Pool(options);
`,
      },
    ),
    reported(
      'set later',
      `import { Pool } from 'pg';
const options = { max: 10 };
«options.max = Infinity»;
export const pool = new Pool(options);
`,
      infinite('pool'),
      {
        output: `import { Pool } from 'pg';
const options = { max: 10 };
options.max = 10;
export const pool = new Pool(options);
`,
      },
    ),
    reported(
      'after a spread of what the caller gives',
      `import { Pool } from 'pg';
export const create = (options) => new Pool({ ...options, «max: Infinity» });
`,
      infinite('Pool'),
      {
        output: `import { Pool } from 'pg';
export const create = (options) => new Pool({ ...options, max: 10 });
`,
      },
    ),
    reported(
      'on one of two ways',
      `import { Pool } from 'pg';
export const pool = new Pool({ «max: process.env.CI ? 5 : Infinity» });
`,
      infinite('pool'),
      {
        output: `import { Pool } from 'pg';
export const pool = new Pool({ max: process.env.CI ? 5 : 10 });
`,
      },
    ),
    reported(
      'a field',
      `import { Pool } from 'pg';
export class Database {
  readonly #pool = new Pool({ «max: Infinity» });
}
`,
      infinite('this.#pool'),
      {
        output: `import { Pool } from 'pg';
export class Database {
  readonly #pool = new Pool({ max: 10 });
}
`,
      },
    ),
    reported(
      'more kept than may be open, by the default',
      `import { Pool } from 'pg';
export const pool = new Pool({ «min: 20» });
`,
      {
        messageId: 'minAboveMax',
        data: { name: 'pool', least: '20', size: '10', harm: 'one of the two is wrong', option: 'min' },
      },
      {
        output: `import { Pool } from 'pg';
export const pool = new Pool({ min: 10 });
`,
      },
    ),
    reported(
      'an editor that fixes on save gets a suggestion',
      `import { Pool } from 'pg';
export const pool = new Pool({ «max: Infinity» });
`,
      {
        ...infinite('pool'),
        suggests: {
          messageId: 'setSize',
          data: { option: 'max', value: '10' },
          output: `import { Pool } from 'pg';
export const pool = new Pool({ max: 10 });
`,
        },
      },
      { settings: { pool: { fixes: 'structural' } } },
    ),
  ],
});
