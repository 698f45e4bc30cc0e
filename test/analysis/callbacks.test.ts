import { testSnippets } from './snippets.ts';

const PG = `import { Pool } from 'pg';
const pool = new Pool();
`;

testSnippets(
  'callbacks',
  {
    frame: `${PG}function run(id, callback, res, next) {
…
}`,
  },
  {
    'done on both ways': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        client.query('SELECT 1', (err, result) => {
          done();
          callback(err, result);
        });
      });
    `,
    'done forgotten on the error of the query': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        client.query('SELECT 1', (err, result) => {
          if (err) return callback(err); //! exit
          done();
          callback(null, result.rows);
        });
      });
    `,
    'handed to the function that answers, which gives it back': `
      pool.connect((err, client) => { //! taken
        if (err) return fail(res, err);
        if (!id) return invalidRequest(res, 'no id', client);
        client.query('SELECT 1', (err, result) => {
          if (err) return fail(res, err, client);
          client.release();
          callback(err, result);
        });
      });
    `,
    'client.release in place of done': `
      pool.connect((err, client, release) => { //! taken
        if (err) return callback(err);
        client.query('SELECT 1', (err, result) => {
          client.release();
          callback(err, result);
        });
      });
    `,
    'done with the error': `
      pool.connect(function (err, client, done) { //! taken
        if (err) return done(err);
        client.query('SELECT 1', function (err, result) {
          done(err);
          callback(err, result);
        });
      });
    `,
    'never given back': `
      pool.connect((err, client, done) => { //! taken, never
        if (err) return callback(err);
        client.query('SELECT 1', (err, result) => callback(err, result));
      });
    `,
    'three deep, all ways': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        client.query('BEGIN', (err) => {
          if (err) {
            done();
            return callback(err);
          }
          client.query('INSERT', (err) => {
            if (err) {
              done();
              return callback(err);
            }
            client.query('COMMIT', (err) => {
              done();
              callback(err);
            });
          });
        });
      });
    `,
    'three deep, the middle way forgotten': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        client.query('BEGIN', (err) => {
          if (err) {
            done();
            return callback(err);
          }
          client.query('INSERT', (err) => {
            if (err) {
              return callback(err); //! exit
            }
            client.query('COMMIT', (err) => {
              done();
              callback(err);
            });
          });
        });
      });
    `,
    'three deep, with a helper for failures': `
      pool.connect((err, client, done) => { //! taken
        const shouldAbort = (err) => {
          if (err) {
            client.query('ROLLBACK', (err) => {
              done();
            });
          }
          return !!err;
        };
        client.query('BEGIN', (err) => {
          if (shouldAbort(err)) return;
          client.query('COMMIT', (err) => {
            if (shouldAbort(err)) return;
            done();
          });
        });
      });
    `,
    'throws of plain callbacks end the process and are not leaks': `
      pool.connect((err, client, done) => { //! taken
        if (err) throw err;
        client.query('SELECT 1', (err, result) => {
          if (err) throw err;
          done();
          callback(parse(result));
        });
      });
    `,
    'the error is looked at after the release': `
      pool.connect((err, client, done) => { //! taken
        if (err) {
          console.error(err);
          return next(err);
        }
        client.query('SELECT 1', (err, result) => {
          done();
          if (err) return next(err);
          res.json(result.rows);
        });
      });
    `,
    'no branch for the error of the checkout': `
      pool.connect((err, client, done) => { //! taken
        client.query('SELECT 1', (err, result) => {
          done();
          callback(err, result);
        });
      });
    `,
    'used after done': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        done();
        client.query('SELECT 1', callback); //! late
      });
    `,
    'done twice': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        client.query('SELECT 1', (err, result) => {
          if (err) {
            done();
            callback(err);
          }
          done();
          callback(null, result);
        });
      });
    `,
    'done and release': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        done();
        client.release(); //! second
      });
    `,
    'an else branch': `
      pool.connect((err, client, done) => { //! taken
        if (err) {
          callback(err);
        } else {
          client.query('SELECT 1', (err, result) => {
            done();
            callback(err, result);
          });
        }
      });
    `,
    'given on with its done': `
      pool.connect((err, client, done) => { //! taken
        callback(err, client, done);
      });
    `,
    'the callback is a name': `
      pool.connect(callback);
    `,
    'an async callback': `
      pool.connect(async (err, client, done) => { //! taken
        if (err) return callback(err);
        const { rows } = await client.query('SELECT 1'); //! throw
        done();
        callback(null, rows);
      });
    `,
    'an async callback with try/finally': `
      pool.connect(async (err, client, done) => { //! taken
        if (err) return callback(err);
        try {
          await client.query('SELECT 1');
        } finally {
          done();
        }
      });
    `,
    'a checkout inside a callback of something else': `
      callback((err) => {
        pool.connect((err, client, done) => { //! taken
          if (err) return;
          client.query('SELECT 1', () => done());
        });
      });
    `,
    'done as the callback of the query': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        client.query('SELECT 1', done);
      });
    `,
    'a row stream releases at its end, not at its error': `
      pool.connect((err, client, done) => { //! taken
        if (err) return callback(err);
        const stream = client.query(new QueryStream('SELECT 1'));
        stream.on('end', done);
        stream.pipe(res);
      });
    `,
  },
);

testSnippets(
  'promise chains',
  {
    frame: `${PG}function run(id, callback, stream, res) {
…
}`,
  },
  {
    'finally after then': `
      return pool.connect().then((client) => { //! taken
        return client.query('SELECT 1').finally(() => client.release());
      });
    `,
    'the bound release in finally': `
      return pool.connect().then((client) => client.query('SELECT 1').finally(client.release)); //! taken
    `,
    'then and catch both release': `
      return pool.connect().then((client) => { //! taken
        return client
          .query('SELECT 1')
          .then((result) => {
            client.release();
            return result;
          })
          .catch((error) => {
            client.release();
            throw error;
          });
      });
    `,
    'then with two handlers': `
      return pool.connect().then((client) => //! taken
        client.query('SELECT 1').then(
          (result) => {
            client.release();
            return result;
          },
          (error) => {
            client.release(error);
            throw error;
          },
        ),
      );
    `,
    'no rejection side': `
      return pool.connect().then((client) => { //! taken
        return client.query('SELECT 1').then((result) => { //! throw
          client.release();
          return result;
        });
      });
    `,
    'a rejection side that forgets': `
      return pool.connect().then((client) => { //! taken
        return client //! throw
          .query('SELECT 1')
          .then(() => client.release())
          .catch((error) => console.error(error));
      });
    `,
    'the outer catch does not know the client': `
      const rows = pool.connect().then((client) => { //! taken
        return client.query('SELECT 1').then((result) => { //! throw
          client.release();
          return result;
        });
      });
      return rows.catch((error) => console.error(error));
    `,
    'never given back': `
      return pool.connect().then((client) => client.query('SELECT 1')); //! taken, never
    `,
    'given back before it is used': `
      return pool.connect().then((client) => { //! taken
        client.release();
        return client.query('SELECT 1'); //! late
      });
    `,
    'handed on by the chain': `
      return pool.connect().then((client) => client); //! taken
    `,
    'a chain of steps, released at its end': `
      return pool.connect().then((client) => //! taken
        client //! throw
          .query('BEGIN')
          .then(() => client.query('INSERT'))
          .then(() => client.query('COMMIT'))
          .catch((error) => client.query('ROLLBACK').then(() => {
            throw error;
          }))
          .then(() => client.release()),
      );
    `,
    'a chain of steps with finally': `
      return pool.connect().then((client) => //! taken
        client
          .query('BEGIN')
          .then(() => client.query('COMMIT'))
          .catch((error) => client.query('ROLLBACK'))
          .finally(() => client.release()),
      );
    `,
    'an async handler': `
      return pool.connect().then(async (client) => { //! taken
        await client.query('SELECT 1'); //! throw
        client.release();
      });
    `,
    'an async handler with try/finally': `
      return pool.connect().then(async (client) => { //! taken
        try {
          await client.query('SELECT 1');
        } finally {
          client.release();
        }
      });
    `,
    'a floating chain in a handler': `
      pool.connect().then((client) => { //! taken
        client.query('SELECT 1').then((result) => { //! throw
          res.json(result.rows);
          client.release();
        });
      });
    `,
    'a floating chain with a catch that releases': `
      pool.connect().then((client) => { //! taken
        client
          .query('SELECT 1')
          .then((result) => {
            client.release();
            res.json(result.rows);
          })
          .catch((error) => {
            client.release();
            res.status(500).end();
          });
      });
    `,
    'the chain of an awaited client': `
      pool.connect(async (err, client, done) => { //! taken
        if (err) return;
        await client.query('SELECT 1').finally(() => done());
      });
    `,
    'a variable of the function takes the client': `
      let client;
      return pool //! taken
        .connect()
        .then((c) => {
          client = c;
          return client.query('SELECT 1');
        })
        .finally(() => client.release());
    `,
    'callback of a promise-returning query in the chain': `
      return pool.connect().then((client) => { //! taken
        return Promise.all([client.query('SELECT 1'), client.query('SELECT 2')]).finally(() => client.release());
      });
    `,
  },
);

testSnippets(
  'chains on an awaited client',
  {
    frame: `${PG}async function run(id, stream, res, signal, emitter) {
…
}`,
  },
  {
    'awaited, with finally': `
      const client = await pool.connect(); //! taken
      await client.query('SELECT 1').finally(() => client.release());
    `,
    'returned, with finally': `
      const client = await pool.connect(); //! taken
      return client.query('SELECT 1').finally(() => client.release());
    `,
    'returned, with then only': `
      const client = await pool.connect(); //! taken
      return client.query('SELECT 1').then((result) => { //! throw
        client.release();
        return result;
      });
    `,
    'awaited, with the catch swallowing before the release': `
      const client = await pool.connect(); //! taken
      await client.query('SELECT 1').catch((error) => console.error(error));
      client.release();
    `,
    'awaited, with a catch that releases, then the release': `
      const client = await pool.connect(); //! taken
      await client.query('SELECT 1').catch((error) => {
        client.release();
        throw error;
      });
      client.release();
    `,
    'a promise kept and awaited later': `
      const client = await pool.connect(); //! taken
      const work = client.query('SELECT 1');
      await work; //! throw
      client.release();
    `,
    'Promise.all of its queries': `
      const client = await pool.connect(); //! taken
      await Promise.all([client.query('SELECT 1'), client.query('SELECT 2')]); //! throw
      client.release();
    `,
    'new Promise around a stream that releases on end and error': `
      const client = await pool.connect(); //! taken
      await new Promise((resolve, reject) => {
        const rows = client.query(stream);
        rows.on('end', () => {
          client.release();
          resolve();
        });
        rows.on('error', (error) => {
          client.release(error);
          reject(error);
        });
      });
    `,
    'new Promise around a query, the release after it': `
      const client = await pool.connect(); //! taken
      await new Promise((resolve, reject) => { //! throw
        client.query('SELECT 1', (error) => (error ? reject(error) : resolve()));
      });
      client.release();
    `,
    'new Promise around a query, in try/finally': `
      const client = await pool.connect(); //! taken
      try {
        await new Promise((resolve, reject) => {
          client.query('SELECT 1', (error) => (error ? reject(error) : resolve()));
        });
      } finally {
        client.release();
      }
    `,
    'a stream releases on end': `
      const client = await pool.connect(); //! taken
      stream.on('end', () => client.release());
      return stream;
    `,
    'a stream releases on end and on error': `
      const client = await pool.connect(); //! taken
      const rows = client.query(stream);
      rows.on('end', () => client.release());
      rows.on('error', () => client.release());
      return rows;
    `,
    'only the error of the stream releases': `
      const client = await pool.connect(); //! taken
      const rows = client.query(stream);
      rows.on('error', () => client.release()); //! path
      rows.pipe(res);
    `,
    'a listener on the client itself': `
      const client = await pool.connect(); //! taken
      client.on('error', (error) => console.error(error));
      try {
        await work(client);
      } finally {
        client.release();
      }
    `,
    'a listener on the client, chained': `
      const client = (await pool.connect()).on('error', console.error); //! taken
      try {
        await work(client);
      } finally {
        client.release();
      }
    `,
    'an interval that uses it, then the release': `
      const client = await pool.connect(); //! taken
      const timer = setInterval(() => client.query('SELECT 1'), 1000);
      try {
        await work(client);
      } finally {
        clearInterval(timer);
        client.release();
      }
    `,
    'a transaction helper gets a closure that uses it': `
      const client = await pool.connect(); //! taken
      await retry(() => client.query('SELECT 1')); //! throw
      client.release();
    `,
    'an awaited helper gets a closure that releases': `
      const client = await pool.connect(); //! taken
      await attempt(async () => {
        try {
          await work(client);
        } finally {
          client.release();
        }
      });
    `,
    'forEach uses it': `
      const client = await pool.connect(); //! taken
      ids.forEach((one) => client.query(one)); //! throw
      client.release();
    `,
    'an immediately called async function': `
      const client = await pool.connect(); //! taken
      await (async () => {
        try {
          await work(client);
        } finally {
          client.release();
        }
      })();
    `,
    'an immediately called async function without finally': `
      const client = await pool.connect(); //! taken
      await (async () => {
        await work(client); //! throw
        client.release();
      })();
    `,
  },
);
