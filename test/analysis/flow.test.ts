import { fails, testSnippets } from './snippets.ts';

const inFunction = {
  frame: `import { Pool } from 'pg';
const pool = new Pool();
async function run(id, rows, options) {
…
}`,
};

testSnippets('try, catch, finally', inFunction, {
  'try/catch that swallows, release after it': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } catch (error) {
      console.error(error);
    }
    client.release();
  `,
  'try/catch that rethrows, release after it': `
    const client = await pool.connect(); //! taken
    try {
      await work(client); //! throw
    } catch (error) {
      throw error;
    }
    client.release();
  `,
  'release in try, catch swallows': `
    const client = await pool.connect(); //! taken
    try {
      await work(client); //! throw
      client.release();
    } catch (error) {
      console.error(error);
    }
  `,
  'release in try and in catch': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
      client.release();
    } catch (error) {
      client.release();
    }
  `,
  'release in catch only': `
    const client = await pool.connect(); //! taken
    try { //! path
      await work(client);
    } catch (error) {
      client.release();
      throw error;
    }
  `,
  'return in try, release after it': `
    const client = await pool.connect(); //! taken
    try {
      return await work(client); //! exit
    } catch (error) {
      console.error(error);
    }
    client.release();
  `,
  'return in catch, release after it': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } catch (error) {
      return null; //! exit
    }
    client.release();
  `,
  'return in try, release in finally': `
    const client = await pool.connect(); //! taken
    try {
      return await work(client);
    } finally {
      client.release();
    }
  `,
  'work between the checkout and the try': `
    const client = await pool.connect(); //! taken
    await work(client); //! throw
    try {
      await work(client);
    } finally {
      client.release();
    }
  `,
  'only a log between the checkout and the try': `
    const client = await pool.connect(); //! taken
    console.log('connected');
    try {
      await work(client);
    } finally {
      client.release();
    }
  `,
  'work in finally before the release': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      await client.query('RESET ROLE'); //! throw
      client.release();
    }
  `,
  'awaited commit in finally before the release': `
    const client = await pool.connect(); //! taken
    let failed = false;
    try {
      await client.query('BEGIN');
      await work(client);
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      await client.query(failed ? 'ROLLBACK' : 'COMMIT'); //! throw
      client.release();
    }
  `,
  'guarded work in finally before the release': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      try {
        await client.query('RESET ROLE');
      } catch {}
      client.release();
    }
  `,
  'nested finally: the outer one releases': `
    const client = await pool.connect(); //! taken
    try {
      try {
        await work(client);
      } finally {
        await audit();
      }
    } finally {
      client.release();
    }
  `,
  'nested finally: release in finally of finally': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      try {
        await audit();
      } finally {
        client.release();
      }
    }
  `,
  'nested finally: the inner one releases, the outer work throws': `
    const client = await pool.connect(); //! taken
    try {
      await prepare(client); //! throw
      try {
        await work(client);
      } finally {
        client.release();
      }
    } catch (error) {
      console.error(error);
    }
  `,
  'rollback in catch, release in finally': `
    const client = await pool.connect(); //! taken
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  `,
  'rollback in catch before the release': `
    const client = await pool.connect(); //! taken
    try {
      await client.query('BEGIN');
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      await client.query('ROLLBACK'); //! throw
      client.release();
      throw error;
    }
  `,
  'throw in try, release in finally': `
    const client = await pool.connect(); //! taken
    try {
      if (!id) throw new Error('no id');
    } finally {
      client.release();
    }
  `,
  'throw before the release': `
    const client = await pool.connect(); //! taken
    const { rows } = await client.query('SELECT 1').catch(() => ({ rows: [] }));
    if (rows.length === 0) throw new Error('missing'); //! throw
    client.release();
  `,
  'checkout inside the try, client may be undefined in finally': `
    let client;
    try {
      await prepare();
      client = await pool.connect(); //! taken
      await work(client);
    } finally {
      client.release();
    }
  `,
  'checkout inside the try, release in the same block': `
    try {
      const client = await pool.connect(); //! taken
      await work(client); //! throw
      client.release();
    } catch (error) {
      console.error(error);
    }
  `,
  'catch without a binding': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } catch {
      client.release();
      return;
    }
    client.release();
  `,
  'finally that returns': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      client.release();
      return id;
    }
  `,
  'finally that returns before the release': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      if (!id) return null; //! exit
      client.release();
    }
  `,
  'process.exit in catch': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
    client.release();
  `,
  'the ROLLBACK swallows its error': `
    const client = await pool.connect(); //! taken
    try {
      await work(client);
      client.release();
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      client.release();
    }
  `,
});

testSnippets('break, continue, labels', inFunction, {
  'break through finally': `
    for (const row of rows) {
      const client = await pool.connect(); //! taken
      try {
        if (!row) break;
        await work(client);
      } finally {
        client.release();
      }
    }
  `,
  'continue through finally': `
    for (const row of rows) {
      const client = await pool.connect(); //! taken
      try {
        if (!row) continue;
        await work(client);
      } finally {
        client.release();
      }
    }
  `,
  'break before the release': `
    for (const row of rows) {
      const client = await pool.connect(); //! taken
      if (!row) break; //! exit
      client.release();
    }
  `,
  'continue before the release': `
    for (const row of rows) {
      const client = await pool.connect(); //! taken
      if (!row) continue; //! exit
      client.release();
    }
  `,
  'labelled continue through two finallys': `
    outer: for (const row of rows) {
      const client = await pool.connect(); //! taken
      try {
        for (const cell of row) {
          try {
            if (!cell) continue outer;
            await work(client, cell);
          } finally {
            await audit();
          }
        }
      } finally {
        client.release();
      }
    }
  `,
  'labelled break past the release': `
    outer: for (const row of rows) {
      const client = await pool.connect(); //! taken
      for (const cell of row) {
        if (!cell) break outer; //! exit
      }
      client.release();
    }
  `,
  'inner break stays before the release': `
    const client = await pool.connect(); //! taken
    for (const row of rows) {
      if (!row) break;
    }
    client.release();
  `,
  'labelled block': `
    const client = await pool.connect(); //! taken
    work: {
      if (!id) break work;
      console.log(id);
    }
    client.release();
  `,
  'labelled block left past the release': `
    const client = await pool.connect(); //! taken
    work: {
      if (!id) break work; //! exit
      client.release();
    }
  `,
  'break in a loop in try with the release after the loop': `
    const client = await pool.connect(); //! taken
    try {
      while (true) {
        if (await done(client)) break;
      }
    } finally {
      client.release();
    }
  `,
});

testSnippets('switch', inFunction, {
  'every case releases': `
    const client = await pool.connect(); //! taken
    switch (id) {
      case 1:
        client.release();
        break;
      default:
        client.release();
    }
  `,
  'one case returns without': `
    const client = await pool.connect(); //! taken
    switch (id) {
      case 1:
        return null; //! exit
      default:
        client.release();
    }
  `,
  'fallthrough into the release': `
    const client = await pool.connect(); //! taken
    switch (id) {
      case 1:
      case 2:
        console.log(id);
      default:
        client.release();
    }
  `,
  'fallthrough into a second release': `
    const client = await pool.connect(); //! taken
    switch (id) {
      case 1:
        client.release();
      default:
        client.release();
    }
  `,
  'no default': `
    const client = await pool.connect(); //! taken
    switch (id) { //! path
      case 1:
        client.release();
        break;
    }
  `,
  'release after it': `
    const client = await pool.connect(); //! taken
    switch (id) {
      case 1:
        console.log(1);
        break;
    }
    client.release();
  `,
  'checkout in a case, in braces': `
    switch (id) {
      case 1: {
        const client = await pool.connect(); //! taken
        await work(client); //! throw
        client.release();
        break;
      }
    }
  `,
  'checkout in a case without braces': `
    switch (id) {
      case 1:
        const client = await pool.connect(); //! taken
        try {
          await work(client);
        } finally {
          client.release();
        }
        break;
      default:
        await audit();
    }
  `,
});

testSnippets('loops', inFunction, {
  'one connection per round': `
    for (const row of rows) {
      const client = await pool.connect(); //! taken
      await work(client, row); //! throw
      client.release();
    }
  `,
  'one connection per round, never given back': `
    for (const row of rows) {
      const client = await pool.connect(); //! taken, never
      await work(client, row);
    }
  `,
  'one connection for all rounds': `
    const client = await pool.connect(); //! taken
    try {
      for (const row of rows) await client.query('SELECT $1', [row]);
    } finally {
      client.release();
    }
  `,
  'an outer let, taken in each round and released after the loop': `
    let client;
    for (const row of rows) {
      client = await pool.connect(); //! taken, overwritten
    }
    client.release();
  `,
  'released in the loop, then used again': `
    const client = await pool.connect(); //! taken
    for (const row of rows) { //! path
      await client.query('SELECT 1'); //! throw
      client.release();
    }
  `,
  'retry until it works': `
    for (let attempt = 0; attempt < 3; attempt++) {
      const client = await pool.connect(); //! taken
      try {
        return await work(client);
      } catch (error) {
        console.error(error);
      } finally {
        client.release();
      }
    }
  `,
  'retry: the catch goes on without the release': `
    for (;;) {
      const client = await pool.connect(); //! taken
      try {
        const result = await work(client); //! throw
        client.release();
        return result;
      } catch (error) {
        await sleep(100);
      }
    }
  `,
  'retry with the checkout inside the try': `
    while (true) {
      try {
        const client = await pool.connect(); //! taken
        client.release();
        return;
      } catch (error) {
        await sleep(100);
      }
    }
  `,
  'until there is one': `
    let client;
    while (!client) {
      try {
        client = await pool.connect(); //! taken
      } catch (error) {
        await sleep(100);
      }
    }
    try {
      await work(client);
    } finally {
      client.release();
    }
  `,
  'until there is one, do/while': `
    let client = null;
    do {
      client = await pool.connect().catch(() => null); //! taken
    } while (client === null);
    client.release();
  `,
  'while with a counter': `
    let left = 3;
    while (left-- > 0) {
      const client = await pool.connect(); //! taken
      try {
        await work(client);
      } finally {
        client.release();
      }
    }
  `,
  'for await': `
    const client = await pool.connect(); //! taken
    for await (const row of rows) { //! throw
      console.log(row);
    }
    client.release();
  `,
  'for in': `
    const client = await pool.connect(); //! taken
    for (const key in rows) {
      await client.query(key); //! throw
    }
    client.release();
  `,
  'released at the end of each round, taken anew at its start': `
    let client;
    for (const row of rows) {
      client = await pool.connect(); //! taken
      try {
        await work(client, row);
      } finally {
        client.release();
      }
    }
  `,
  'released and set to null, checked at the end': `
    let client;
    try {
      client = await pool.connect(); //! taken
      await work(client);
      client.release();
      client = null;
      await audit();
    } finally {
      if (client) client.release();
    }
  `,
  'for without a test, left by return': `
    const client = await pool.connect(); //! taken
    for (;;) {
      if (id) {
        client.release();
        return;
      }
    }
  `,
});

testSnippets('conditions', inFunction, {
  'a flag set with the release': `
    const client = await pool.connect(); //! taken
    let released = false;
    try {
      await work(client);
      client.release();
      released = true;
      await audit();
    } finally {
      if (!released) client.release();
    }
  `,
  'a flag that is never set': `
    const client = await pool.connect(); //! taken
    let released = false;
    try {
      await work(client);
      client.release();
    } finally {
      if (!released) client.release(); //! second
    }
  `,
  'a client of the caller, or one of our own': `
    const client = options.client ?? (await pool.connect()); //! taken
    try {
      await work(client);
    } finally {
      if (!options.client) client.release();
    }
  `,
  'a client of the caller, with ||, without finally': `
    const client = options.client || (await pool.connect()); //! taken
    await work(client); //! throw
    if (!options.client) client.release();
  `,
  'a client of the caller, in a ternary': `
    const client = options.client ? options.client : await pool.connect(); //! taken
    try {
      await work(client);
    } finally {
      if (!options.client) client.release();
    }
  `,
  'a client of the caller, compared at the end': `
    const client = options.client ?? (await pool.connect()); //! taken
    try {
      await work(client);
    } finally {
      if (client !== options.client) client.release();
    }
  `,
  'a flag for our own one': `
    const own = !options.client;
    const client = own ? await pool.connect() : options.client; //! taken
    try {
      await work(client);
    } finally {
      if (own) client.release();
    }
  `,
  'a flag set after the checkout': `
    let client = options.client;
    let own = false;
    if (!client) {
      client = await pool.connect(); //! taken
      own = true;
    }
    try {
      await work(client);
    } finally {
      if (own) client.release();
    }
  `,
  'taken on a condition, released on the same one': `
    let client;
    if (options.write) client = await pool.connect(); //! taken
    await Promise.resolve(id).catch(() => {});
    if (options.write) client.release();
  `,
  'taken on a condition, released on another one': `
    let client;
    if (options.write) client = await pool.connect(); //! taken
    if (options.read) client.release(); //! path
  `,
  'an early return when there is none': `
    const client = await pool.connect(); //! taken
    if (!client) return null;
    try {
      await work(client);
    } finally {
      client.release();
    }
  `,
  'an early throw when there is none': `
    const client = await pool.connect(); //! taken
    if (client == null) throw new Error('none');
    client.release();
  `,
  'compared with undefined': `
    let client;
    try {
      if (id) client = await pool.connect(); //! taken
      await work(client);
    } finally {
      if (client !== undefined) client.release();
    }
  `,
  'two conditions': `
    const client = await pool.connect(); //! taken
    if (id && options.read) client.release();
    else client.release();
  `,
  'a constant condition': `
    const client = await pool.connect(); //! taken
    if (true) {
      client.release();
    }
  `,
  'a ternary of releases': `
    const client = await pool.connect(); //! taken
    id ? client.release() : client.release(true);
  `,
  'short circuit release': `
    const client = await pool.connect(); //! taken
    id && client.release(); //! path
  `,
  'an error kept, checked after the work': `
    const client = await pool.connect(); //! taken
    let failure;
    try {
      await work(client);
    } catch (error) {
      failure = error;
    }
    client.release(failure);
    if (failure) throw failure;
  `,
  'a ternary as the argument of the release': `
    const client = await pool.connect(); //! taken
    let failure;
    try {
      await work(client);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(failure ? true : undefined);
    }
  `,
});

testSnippets('generators, defaults, odd syntax', inFunction, {
  'assigned in an argument': `
    let client;
    await work((client = await pool.connect())); //! taken, throw
    client.release();
  `,
  'in a sequence expression': fails(
    'not seen',
    `
      const client = (console.log(id), await pool.connect()); //! taken
      await work(client); //! throw
      client.release();
    `,
  ),
  satisfies: `
    const client = (await pool.connect()) satisfies object; //! taken
    await work(client); //! throw
    client.release();
  `,
  'a tagged template can throw': `
    const client = await pool.connect(); //! taken
    const text = sql\`SELECT \${id}\`; //! throw
    client.release();
  `,
  'an operator or a property does not throw': `
    const client = await pool.connect(); //! taken
    const total = id + rows.length * 2;
    client.release();
  `,
  'an unrelated plain call seldom throws': `
    const client = await pool.connect(); //! taken
    const text = format(id); //! unlikely throw
    client.release();
  `,
  'an unrelated plain call, and a query after it': `
    const client = await pool.connect(); //! taken
    const text = format(id);
    await client.query(text); //! throw
    client.release();
  `,
  'JSON.parse throws in real life': `
    const client = await pool.connect(); //! taken
    const row = JSON.parse(id); //! throw
    client.release();
  `,
  'an assertion of a test': `
    const client = await pool.connect(); //! taken
    expect(client).toBeDefined(); //! unlikely throw
    client.release();
  `,
  'a pause that cannot be rejected': `
    const client = await pool.connect(); //! taken
    await new Promise((resolve) => setTimeout(resolve, 10));
    client.release();
  `,
  'new can throw': `
    const client = await pool.connect(); //! taken
    const session = new Session(id); //! unlikely throw
    client.release();
  `,
  'a nested class': `
    const client = await pool.connect(); //! taken
    class Row {
      static zero = 0;
      value() {
        return risky();
      }
    }
    client.release();
  `,
  'a function declared in the span and not called': `
    const client = await pool.connect(); //! taken
    function later() {
      return risky();
    }
    client.release();
  `,
  'using, which pg has not': `
    using client = await pool.connect();
    await work(client);
  `,
  'unreachable release': `
    const client = await pool.connect(); //! taken
    return work(client); //! exit, throw
    client.release();
  `,
});

testSnippets(
  'generators',
  {
    frame: `import { Pool } from 'pg';
const pool = new Pool();
async function* run(id, rows) {
…
}`,
  },
  {
    'yield while held': `
      const client = await pool.connect(); //! taken
      for (const row of rows) {
        yield row; //! exit
      }
      client.release();
    `,
    'yield in try/finally': `
      const client = await pool.connect(); //! taken
      try {
        for (const row of rows) {
          yield await client.query(row);
        }
      } finally {
        client.release();
      }
    `,
    'the connection itself is yielded': `
      const client = await pool.connect(); //! taken
      yield client;
    `,
    'the connection is yielded and given back after it': `
      const client = await pool.connect(); //! taken
      try {
        yield client;
      } finally {
        client.release();
      }
    `,
    'yield* while held': `
      const client = await pool.connect(); //! taken
      yield* stream(id); //! exit
      client.release();
    `,
  },
);
