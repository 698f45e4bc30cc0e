import { testSnippets } from './snippets.ts';

const inFunction = {
  frame: `import { Pool } from 'pg';
const pool = new Pool();
async function run(id, callback, store, list, map, res, signal) {
…
}`,
};

testSnippets('taking', inFunction, {
  'an awaited constant': `
    const client = await pool.connect(); //! taken
    await client.query('SELECT 1'); //! throw
    client.release();
  `,
  'nothing that can throw before the release': `
    const client = await pool.connect(); //! taken
    client.release();
  `,
  'an assignment to an outer let': `
    let client;
    client = await pool.connect(); //! taken
    await client.query('SELECT 1'); //! throw
    client.release();
  `,
  'an assignment inside try, released in finally': `
    let client;
    try {
      client = await pool.connect(); //! taken
      await client.query('SELECT 1');
    } finally {
      if (client) client.release();
    }
  `,
  'a var': `
    var client = await pool.connect(); //! taken
    client.release();
  `,
  'a value with a type assertion': `
    const client = (await pool.connect()) as any; //! taken
    await client.query('SELECT 1'); //! throw
    client.release();
  `,
  'a non-null assertion at each use': `
    let client: PoolClient | undefined;
    try {
      client = (await pool.connect())!; //! taken
      await client!.query('SELECT 1');
    } finally {
      client!.release();
    }
  `,
  'behind a condition, released on the same condition': `
    let client;
    if (id) client = await pool.connect(); //! taken
    try {
      await work();
    } finally {
      if (client) client.release();
    }
  `,
  'in a logical expression': `
    const client = store.client || (await pool.connect()); //! taken
    await client.query('SELECT 1'); //! throw
    client.release();
  `,
  'in a ternary, with null otherwise': `
    const client = id ? await pool.connect() : null; //! taken
    try {
      await work(client);
    } finally {
      client?.release();
    }
  `,
  'two with Promise.all: one may come and the other not': `
    const [a, b] = await Promise.all([pool.connect(), pool.connect()]); //! a: taken, a: unlikely throw, b: taken, b: unlikely throw
    try {
      await move(a, b);
    } finally {
      a.release();
      b.release();
    }
  `,
  'two with Promise.all, one forgotten': `
    const [a, b] = await Promise.all([pool.connect(), pool.connect()]); //! a: taken, a: unlikely throw, b: taken, b: never
    try {
      await move(a, b);
    } finally {
      a.release();
    }
  `,
  'one after the other: the second may not come': `
    const a = await pool.connect(); //! a: taken
    const b = await pool.connect(); //! a: throw, b: taken
    try {
      await move(a, b);
    } finally {
      a.release();
      b.release();
    }
  `,
  'one after the other, nested': `
    const a = await pool.connect(); //! a: taken
    try {
      const b = await pool.connect(); //! b: taken
      try {
        await move(a, b);
      } finally {
        b.release();
      }
    } finally {
      a.release();
    }
  `,
  'a result that nobody can give back': `
    await (await pool.connect()).query('SELECT 1'); //! taken, never
  `,
  'a result that is dropped': `
    await pool.connect(); //! taken, never
  `,
  'never given back': `
    const client = await pool.connect(); //! taken, never
    return client.query('SELECT 1');
  `,
  'destructured at once': `
    const { query, release } = await pool.connect();
    release();
  `,
  'overwritten with null while held': `
    let client = await pool.connect(); //! client: taken
    client = null; //! client: overwritten
    client = await pool.connect(); //! client: taken
    client.release();
  `,
  'overwritten by another one while held': `
      let client = await pool.connect(); //! client: taken
      client = await pool.connect(); //! client: overwritten, client: taken
      client.release();
    `,
});

testSnippets('giving back', inFunction, {
  'in finally': `
    const client = await pool.connect(); //! taken
    try {
      await client.query('SELECT 1');
    } finally {
      client.release();
    }
  `,
  'with an optional chain': `
    let client;
    try {
      client = await pool.connect(); //! taken
      await work(client);
    } finally {
      client?.release();
    }
  `,
  'with an optional call': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      client.release?.();
    }
  `,
  'with &&': `
    let client;
    try {
      client = await pool.connect(); //! taken
      await work(client);
    } finally {
      client && client.release();
    }
  `,
  'with an error': `
    const client = await pool.connect(); //! taken
    try {
      await client.query('SELECT 1');
    } catch (error) {
      client.release(error);
      throw error;
    }
    client.release();
  `,
  'with a computed name': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      client['release']();
    }
  `,
  'by a destructured release': `
    const client = await pool.connect(); //! taken
    const { release } = client;
    try {
      await work(client);
    } finally {
      release();
    }
  `,
  'by a renamed destructured release': `
    const client = await pool.connect(); //! taken
    const { release: free } = client;
    await work(client); //! throw
    free();
  `,
  'by a kept bound release': `
    const client = await pool.connect(); //! taken
    const release = client.release.bind(client);
    try {
      await work(client);
    } finally {
      release();
    }
  `,
  'by a local closure': `
    const client = await pool.connect(); //! taken
    const cleanup = () => client.release();
    try {
      await work(client);
    } finally {
      cleanup();
    }
  `,
  'by a local closure, called on one path only': `
    const client = await pool.connect(); //! taken
    const cleanup = () => client.release();
    await work(client); //! throw
    cleanup();
  `,
  'by a local function declaration': `
    const client = await pool.connect(); //! taken
    function cleanup() {
      client.release();
    }
    try {
      await work(client);
    } finally {
      cleanup();
    }
  `,
  'by a local closure that sets a flag': `
    const client = await pool.connect(); //! taken
    let released = false;
    const release = () => {
      if (!released) {
        released = true;
        client.release();
      }
    };
    try {
      await work(client);
      release();
      await audit();
    } finally {
      release();
    }
  `,
  'through an alias': `
    const client = await pool.connect(); //! taken
    const db = client;
    try {
      await db.query('SELECT 1');
    } finally {
      db.release();
    }
  `,
  'through an alias, without finally': `
    const client = await pool.connect(); //! taken
    const db = client;
    await db.query('SELECT 1'); //! throw
    db.release();
  `,
  'by an imported function with a telling name': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      releaseClient(client);
    }
  `,
  'by a method with a telling name of another object': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      store.returnClient(client);
    }
  `,
  'end() of a pooled client of pg does not give back': `
    const client = await pool.connect(); //! taken, never
    try {
      await work(client);
    } finally {
      await client.end();
    }
  `,
  'in every branch': `
    const client = await pool.connect(); //! taken
    if (id) {
      client.release();
    } else {
      client.release();
    }
  `,
  'in one branch only': `
    const client = await pool.connect(); //! taken
    if (id) { //! path
      client.release();
    }
  `,
  'in one branch, the other leaves': `
    const client = await pool.connect(); //! taken
    if (id) {
      return null; //! exit
    }
    client.release();
  `,
  twice: `
    const client = await pool.connect(); //! taken
    client.release();
    client.release(); //! second
  `,
  'in the body and in finally': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
      client.release();
    } finally {
      client.release(); //! second
    }
  `,
  'in catch and in finally': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } catch (error) {
      client.release(error);
      throw error;
    } finally {
      client.release(); //! second
    }
  `,
  'in the body and in catch: the release itself does not fail': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
      client.release();
    } catch (error) {
      client.release(error);
      throw error;
    }
  `,
  'in the body, then more work, and in catch: not twice on every path': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
      client.release();
      await audit();
    } catch (error) {
      client.release(error);
      throw error;
    }
  `,
  'and used after that': `
    const client = await pool.connect(); //! taken
    client.release();
    await client.query('SELECT 1'); //! late
  `,
  'and used after that on one of two paths: not certain': `
    const client = await pool.connect(); //! taken
    if (id) client.release();
    await client.query('SELECT 1'); //! throw
    if (!id) client.release();
  `,
  'and its listeners removed after that': `
    const client = await pool.connect(); //! taken
    client.release();
    client.removeListener('error', store.onError);
  `,
  'and looked at after that': `
    const client = await pool.connect(); //! taken
    client.release();
    console.log(client.processID);
  `,
});

testSnippets('handing over: somebody else gives back', inFunction, {
  returned: `
    const client = await pool.connect(); //! taken
    return client;
  `,
  'returned after work that can throw': `
    const client = await pool.connect(); //! taken
    await client.query('SET search_path TO app'); //! throw
    return client;
  `,
  'returned, and given back when the work before throws': `
    const client = await pool.connect(); //! taken
    try {
      await client.query('SET search_path TO app');
    } catch (error) {
      client.release();
      throw error;
    }
    return client;
  `,
  'returned without a name': `
    return pool.connect();
  `,
  'returned in an object': `
    const client = await pool.connect(); //! taken
    return { client, close: () => client.release() };
  `,
  'returned in an array': `
    const client = await pool.connect(); //! taken
    return [client, 1];
  `,
  'a closure that releases is returned': `
    const client = await pool.connect(); //! taken
    return () => client.release();
  `,
  'bound release is returned': `
    const client = await pool.connect(); //! taken
    return client.release.bind(client);
  `,
  'stored in a field': `
    const client = await pool.connect(); //! taken
    store.client = client;
  `,
  'stored in this': `
    const client = await pool.connect(); //! taken
    this.client = client;
  `,
  'yielded to a resolver': `
    return new Promise(async (resolve) => {
      const client = await pool.connect(); //! taken
      resolve(client);
    });
  `,
  'passed to a constructor': `
    const client = await pool.connect(); //! taken
    return new Session(client);
  `,
  'passed to a constructor that is kept': `
    const client = await pool.connect(); //! taken
    store.session = new Session(client);
  `,
  'pushed to a list': `
    const client = await pool.connect(); //! taken
    list.push(client);
  `,
  'set in a map': `
    const client = await pool.connect(); //! taken
    map.set(id, client);
  `,
  'given to a node-style callback': `
    const client = await pool.connect(); //! taken
    callback(null, client);
  `,
  'given to a resolver in a wrapper': `
    return new Promise(async (resolve) => {
      const client = await pool.connect(); //! taken
      resolve(wrap(client));
    });
  `,
  'given to a callback with its release': `
    const client = await pool.connect(); //! taken
    callback(null, client, () => client.release());
  `,
  'stored only on one path': `
    const client = await pool.connect(); //! taken
    if (id) {
      store.client = client;
    } else {
      client.release();
    }
  `,
  'assigned to a variable of the module': `
    shared = await pool.connect();
    await shared.query('SELECT 1');
  `,
  'passed to a function that is awaited: only lent': `
    const client = await pool.connect(); //! taken, never
    await work(client);
  `,
  'an awaited callback parameter: only lent': `
    const client = await pool.connect(); //! taken
    await callback(client); //! throw
    client.release();
  `,
  'a callback whose result is returned: only lent': `
    const client = await pool.connect(); //! taken
    try {
      return await callback(client);
    } finally {
      client.release();
    }
  `,
  'passed in an object to an awaited function: only lent': `
    const client = await pool.connect(); //! taken
    await work({ client, id }); //! throw
    client.release();
  `,
  'a listener releases later': `
    const client = await pool.connect(); //! taken
    res.on('finish', () => client.release());
  `,
  'a timer releases later': `
    const client = await pool.connect(); //! taken
    setTimeout(() => client.release(), 1000);
  `,
  'a closure is stored that releases': `
    const client = await pool.connect(); //! taken
    store.onClose = () => client.release();
  `,
  'a closure is pushed that releases': `
    const client = await pool.connect(); //! taken
    list.push(() => client.release());
  `,
  'the bound release is given to a listener': `
    const client = await pool.connect(); //! taken
    res.once('close', client.release.bind(client));
  `,
  'only the abort releases': `
    const client = await pool.connect(); //! taken
    signal.addEventListener('abort', () => client.release());
    await work(client); //! throw
    client.release();
  `,
  'a closure that only uses it': `
    const client = await pool.connect(); //! taken
    const read = () => client.query('SELECT 1');
    try {
      await read();
    } finally {
      client.release();
    }
  `,
  'a stored closure that only uses it': `
    const client = await pool.connect(); //! taken
    store.read = () => client.query('SELECT 1');
  `,
});

testSnippets('results used after the release', inFunction, {
  'returned without await in try/finally': `
    const client = await pool.connect(); //! taken
    try {
      return client.query('SELECT 1'); //! unawaited
    } finally {
      client.release();
    }
  `,
  'returned with await in try/finally': `
    const client = await pool.connect(); //! taken
    try {
      return await client.query('SELECT 1');
    } finally {
      client.release();
    }
  `,
  'returned as part of a chain without await': `
    const client = await pool.connect(); //! taken
    try {
      return client.query('SELECT 1').then((result) => result.rows); //! unawaited
    } finally {
      client.release();
    }
  `,
  'returned without await from a nested try': `
    const client = await pool.connect(); //! taken
    try {
      try {
        return client.query('SELECT 1'); //! unawaited
      } catch (error) {
        return null;
      }
    } finally {
      client.release();
    }
  `,
  'returned without await inside catch': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } catch (error) {
      return client.query('SELECT 2'); //! unawaited
    } finally {
      client.release();
    }
  `,
  'a closure is returned by an inner function': `
    const client = await pool.connect(); //! taken
    try {
      return await Promise.all(list.map((one) => client.query(one)));
    } finally {
      client.release();
    }
  `,
  'the release comes after the return of a helper, not in finally': `
    const client = await pool.connect(); //! taken
    const result = client.query('SELECT 1');
    client.release();
    return result;
  `,
});
