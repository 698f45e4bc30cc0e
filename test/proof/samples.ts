/** Functions and their right repairs, written by hand: the proof is tested with them. */

const wrap = (body: string, head = 'async function load(input)'): string =>
  `import { pool } from './db.js';\nimport { check } from './helpers.js';\nexport ${head} {\n${body}\n}\n`;

export const leaking = wrap(`
  const client = await pool.connect();
  const found = await client.query(\`SELECT
    1\`);
  check('found');
  client.release();
  return found.rows;`);

export const repaired = wrap(`
  const client = await pool.connect();
  try {
    const found = await client.query(\`SELECT
    1\`);
    check('found');
    return found.rows;
  } finally {
    client.release();
  }`);

export const transaction = wrap(`
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query("INSERT INTO events (value) VALUES ('1')");
  await client.query('COMMIT');
  client.release();`);

export const rolledBack = wrap(`
  const client = await pool.connect();
  let failure;
  try {
    await client.query('BEGIN');
    await client.query("INSERT INTO events (value) VALUES ('1')");
    await client.query('COMMIT');
  } catch (error) {
    try {
      await client.query('ROLLBACK');
    } catch (rollbackError) {
      failure = rollbackError;
    }
    throw error;
  } finally {
    client.release(failure);
  }`);

export const withCallback = wrap(
  `
  pool.connect((error, client, done) => {
    if (error) return callback(error);
    client.query('SELECT 1', (failure, found) => {
      if (failure) return callback(failure);
      done();
      callback(null, found.rows);
    });
  });`,
  'function load(input, callback)',
);

export const chained = wrap(
  `
  return pool.connect().then((client) => {
    const running = client.query('SELECT 1');
    return running.then((found) => {
      client.release();
      return found.rows;
    });
  });`,
  'function load(input)',
);

export const repairedChain = chained
  .replace('client.release();', '')
  .replace('return found.rows;\n    });', 'return found.rows;\n    }).finally(() => client.release());');
