import { fails, testSnippets } from './snippets.ts';

const inFile = {
  frame: `import { Pool } from 'pg';
const pool = new Pool();
…`,
};

testSnippets('helpers of the same file', inFile, {
  releases: `
    function put(c) {
      c.release();
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
      } finally {
        put(client);
      }
    }
  `,
  'releases if there is one': `
    const put = (c) => {
      if (c) c.release();
    };
    async function run() {
      let client;
      try {
        client = await pool.connect(); //! taken
        await work(client);
      } finally {
        put(client);
      }
    }
  `,
  'releases in try/finally': `
    async function finish(c) {
      try {
        await c.query('COMMIT');
      } finally {
        c.release();
      }
    }
    async function run() {
      const client = await pool.connect(); //! taken
      await finish(client);
    }
  `,
  'work that can throw, then the release': `
    async function finish(c) {
      await c.query('COMMIT');
      c.release();
    }
    async function run() {
      const client = await pool.connect(); //! taken
      await finish(client); //! throw
    }
  `,
  'only uses': `
    async function read(c) {
      return c.query('SELECT 1');
    }
    async function run() {
      const client = await pool.connect(); //! taken
      await read(client); //! throw
      client.release();
    }
  `,
  'only uses, never given back': `
    async function read(c) {
      return c.query('SELECT 1');
    }
    async function run() {
      const client = await pool.connect(); //! taken, never
      await read(client);
    }
  `,
  'a telling name that does not release': `
    function closeReport(c) {
      return c.query('INSERT INTO closed VALUES (1)');
    }
    async function run() {
      const client = await pool.connect(); //! taken, never
      await closeReport(client);
    }
  `,
  'stores it': `
    const open = new Set();
    function keep(c) {
      open.add(c);
    }
    async function run() {
      const client = await pool.connect(); //! taken
      keep(client);
    }
  `,
  'returns it: an alias': `
    function prepare(c) {
      c.on('error', console.error);
      return c;
    }
    async function run() {
      const client = prepare(await pool.connect());
      client.release();
    }
  `,
  'calls another helper': `
    function put(c) {
      free(c);
    }
    function free(c) {
      c.release();
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
      } finally {
        put(client);
      }
    }
  `,
  'calls itself': `
    async function drain(c, left) {
      if (left === 0) {
        c.release();
        return;
      }
      await drain(c, left - 1);
    }
    async function run() {
      const client = await pool.connect(); //! taken
      await drain(client, 3);
    }
  `,
  'two that call each other': `
    function ping(c, left) {
      return left ? pong(c, left - 1) : c.query('SELECT 1');
    }
    function pong(c, left) {
      return left ? ping(c, left - 1) : c.query('SELECT 1');
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await ping(client, 3);
      } finally {
        client.release();
      }
    }
  `,
  'as the second argument': `
    const put = (reason, c) => c.release(reason);
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
      } finally {
        put(null, client);
      }
    }
  `,
  'in an object': `
    function put({ client }) {
      client.release();
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
      } finally {
        put({ client });
      }
    }
  `,
  'releases twice together with the caller': `
    function put(c) {
      c.release();
    }
    async function run() {
      const client = await pool.connect(); //! taken
      put(client);
      client.release(); //! second
    }
  `,
  'a default value of the parameter': `
    function put(c = null) {
      c.release();
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
      } finally {
        put(client);
      }
    }
  `,
  'an assertion of the same file lets it pass': `
    function assertOpen(c) {
      if (!c) throw new Error('closed');
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        assertOpen(client);
        await work(client);
      } finally {
        client.release();
      }
    }
  `,
  'a rollback helper that swallows': `
    async function rollback(c) {
      try {
        await c.query('ROLLBACK');
      } catch (error) {
        console.error(error);
      }
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
      } catch (error) {
        await rollback(client);
        throw error;
      } finally {
        client.release();
      }
    }
  `,
  'a rollback helper that swallows, release after it in catch': `
    async function rollback(c) {
      try {
        await c.query('ROLLBACK');
      } catch {}
    }
    async function run() {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
        client.release();
      } catch (error) {
        await rollback(client);
        client.release();
        throw error;
      }
    }
  `,
});

testSnippets('wrappers', inFile, {
  'with a callback, in try/finally': `
    export async function withClient(use) {
      const client = await pool.connect(); //! taken
      try {
        return await use(client);
      } finally {
        client.release();
      }
    }
  `,
  'with a callback, without finally': `
    export async function withClient(use) {
      const client = await pool.connect(); //! taken
      const result = await use(client); //! throw
      client.release();
      return result;
    }
  `,
  'with a callback whose promise is not awaited': `
    export async function withClient(use) {
      const client = await pool.connect(); //! taken
      try {
        return use(client);
      } finally {
        client.release();
      }
    }
  `,
  'with a transaction': `
    export async function transaction(use) {
      const client = await pool.connect(); //! taken
      try {
        await client.query('BEGIN');
        const result = await use(client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    }
  `,
  'calls of a wrapper are safe': `
    async function withClient(use) {
      const client = await pool.connect(); //! taken
      try {
        return await use(client);
      } finally {
        client.release();
      }
    }
    export const read = () => withClient((client) => client.query('SELECT 1'));
  `,
  'a factory: the callers answer for it': `
    async function open() {
      return pool.connect();
    }
    export async function run() {
      const client = await open(); //! taken
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
  'a factory with a name for it': `
    async function open() {
      const client = await pool.connect(); //! client: taken
      return client;
    }
    export async function run() {
      const db = await open(); //! db: taken
      try {
        await db.query('SELECT 1');
      } finally {
        db.release();
      }
    }
  `,
  'a factory as an arrow function': `
    const open = () => pool.connect();
    export async function run() {
      const client = await open(); //! taken, never
      await client.query('SELECT 1');
    }
  `,
  'a factory that promises': `
    function open() {
      return new Promise((resolve, reject) => {
        pool.connect((error, client) => { //! client: taken
          if (error) return reject(error);
          resolve(client);
        });
      });
    }
    export async function run() {
      const db = await open(); //! db: taken, db: never
      await db.query('SELECT 1');
    }
  `,
  'a factory of a factory': `
    const open = () => pool.connect();
    const openForReading = () => open();
    export async function run() {
      const client = await openForReading(); //! taken
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
  'a factory that patches the release and returns the client': `
    export async function getClient() {
      const client = await pool.connect(); //! taken
      const query = client.query;
      const release = client.release;
      const timeout = setTimeout(() => console.error('held for 5 s'), 5000);
      client.release = () => {
        clearTimeout(timeout);
        client.query = query;
        client.release = release;
        return release.apply(client);
      };
      return client;
    }
  `,
  'a wrapper class around it, closed by its own method': fails(
    'the constructor, which only keeps it, is taken to throw',
    `
      class Session {
        constructor(client) {
          this.client = client;
        }
        close() {
          this.client.release();
        }
      }
      export async function open() {
        const client = await pool.connect(); //! taken
        return new Session(client);
      }
    `,
  ),
  'a wrapper class around it, used and closed here': fails(
    'the constructor, which only keeps it, is taken to throw',
    `
      class Session {
        constructor(client) {
          this.client = client;
        }
        close() {
          this.client.release();
        }
      }
      export async function run() {
        const client = await pool.connect(); //! taken
        const session = new Session(client);
        try {
          await session.work();
        } finally {
          session.close();
        }
      }
    `,
  ),
  'an imported wrapper is only lent it': `
    import { Repository } from './repository.js';
    export async function run() {
      const client = await pool.connect(); //! taken
      const repository = new Repository(client);
      await repository.save(); //! throw
      client.release();
    }
  `,
});

testSnippets('methods and fields of a class', inFile, {
  'a method releases': `
    class Store {
      put(c) {
        c.release();
      }
      async read() {
        const client = await pool.connect(); //! taken
        try {
          return await client.query('SELECT 1');
        } finally {
          this.put(client);
        }
      }
    }
  `,
  'a private method hands it out': `
    class Store {
      #open() {
        return pool.connect();
      }
      async read() {
        const client = await this.#open(); //! taken
        await client.query('SELECT 1'); //! throw
        client.release();
      }
    }
  `,
  'a method hands it out': `
    class Store {
      async open() {
        return pool.connect();
      }
      async read() {
        const client = await this.open(); //! taken
        await client.query('SELECT 1'); //! throw
        client.release();
      }
    }
  `,
  'a field, closed by a method': `
    class Store {
      async open() {
        this.client = await pool.connect();
      }
      async close() {
        this.client.release();
      }
    }
  `,
  'a field, closed by nobody here': `
    class Store {
      async open() {
        this.client = await pool.connect();
      }
    }
  `,
  'a private field, closed by a method': `
    class Store {
      #client;
      async open() {
        this.#client = await pool.connect();
      }
      async close() {
        this.#client?.release();
        this.#client = undefined;
      }
    }
  `,
  'a variable first, then a field': `
    class Store {
      async open() {
        const client = await pool.connect(); //! taken
        client.on('error', () => {});
        this.client = client;
      }
    }
  `,
  'a variable first, work that can throw, then a field': `
    class Store {
      async open() {
        const client = await pool.connect(); //! taken
        await client.query('LISTEN jobs'); //! throw
        this.client = client;
      }
    }
  `,
  'an arrow function in a field': `
    class Store {
      read = async () => {
        const client = await pool.connect(); //! taken
        await client.query('SELECT 1'); //! throw
        client.release();
      };
    }
  `,
  'a static block': `
    class Store {
      static {
        pool.connect((err, client, done) => { //! taken
          if (err) throw err;
          client.query('SELECT 1', () => done());
        });
      }
    }
  `,
  'an object with methods': `
    export const store = {
      async read() {
        const client = await pool.connect(); //! taken
        await client.query('SELECT 1'); //! throw
        client.release();
      },
    };
  `,
  'a field taken by the constructor, given back in a finally': `
    import { DataSource } from 'typeorm';
    class UnitOfWork {
      constructor(source: DataSource) {
        this.runner = source.createQueryRunner(); //! taken
      }
      async run(work) {
        await this.runner.connect(); //! throw
        try {
          await work(this.runner);
        } finally {
          await this.runner.release();
        }
      }
    }
  `,
});

testSnippets('the module itself', inFile, {
  'a client for the life of the module': `
    const client = await pool.connect();
    export const read = () => client.query('SELECT 1');
  `,
  'a script that releases at its end': `
    const client = await pool.connect();
    await client.query('SELECT 1');
    client.release();
  `,
  'a variable of the module, given back elsewhere': `
    let client;
    export async function open() {
      client = await pool.connect();
    }
    export function close() {
      client.release();
    }
  `,
  'a variable of an outer function': `
    describe('store', () => {
      let client;
      beforeEach(async () => {
        client = await pool.connect();
      });
      afterEach(() => client.release());
    });
  `,
});
