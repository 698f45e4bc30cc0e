import { testOptions } from './options-table.ts';

const postgres = `import postgres from 'postgres';`;
const mysql2 = `import mysql from 'mysql2/promise';`;

testOptions('connection strings', postgres, {
  'without parameters': `postgres('postgres://u:p@h/db'); //! max: 10 by default; connect: 30 by default`,
  'a parameter': `postgres('postgres://u:p@h/db?connect_timeout=5'); //! connect: 5; max: 10 by default`,
  'another parameter': `postgres('postgres://u:p@h/db?sslmode=require'); //! connect: 30 by default`,
  several: `postgres('postgres://u:p@h/db?sslmode=require&connect_timeout=5&idle_timeout=20'); //! connect: 5; idle: 20`,
  'a constant': `const URL = 'postgres://u:p@h/db?connect_timeout=5'; postgres(URL); //! connect: 5`,
  'a template without holes': 'postgres(`postgres://u:p@h/db?connect_timeout=5`); //! connect: 5',
  'a hole in the host': 'postgres(`postgres://u:p@${host}/db?connect_timeout=5`); //! connect: 5; max: 10 by default',
  'a hole in the password': 'postgres(`postgres://u:${process.env.PW}@h/db`); //! connect: 30 by default',
  'a hole in a value':
    'postgres(`postgres://u:p@h/db?connect_timeout=${t}`); //! connect: open; idle: unbounded by default',
  'a hole in a key': 'postgres(`postgres://u:p@h/db?${key}=5`); //! connect: open',
  'a hole at the end': 'postgres(`postgres://u:p@h/${rest}`); //! connect: open',
  'a hole at the beginning': 'postgres(`${base}?connect_timeout=5`); //! connect: open',
  'a hole for all parameters': 'postgres(`postgres://u:p@h/db?${query}`); //! connect: open',
  'a concatenation': `postgres('postgres://u:p@' + host + '/db?connect_timeout=5'); //! connect: 5`,
  'a concatenation of the environment': `postgres('postgres://' + process.env.U + ':' + process.env.P + '@' + process.env.H + ':' + process.env.PORT + '/db?connect_timeout=5'); //! connect: 5`,
  'a concatenation that ends unknown': `postgres('postgres://u:p@h/' + db); //! connect: open`,
  'a concatenation that begins unknown': `postgres(base + '?connect_timeout=5'); //! connect: open`,
  'the environment': `postgres(process.env.DATABASE_URL); //! connect: open; max: open`,
  'the environment or a literal': `postgres(process.env.DATABASE_URL ?? 'postgres://h/db'); //! connect: open`,
  unknown: `postgres(url); //! connect: open`,
  'a text of an object': `const url = new URL(base); postgres(url.toString(), { max: 5 }); //! max: 5; connect: open`,
  'several ends':
    'postgres(`postgres://${user}:${pw}@${host}:${port}/${db}?connect_timeout=5`); //! connect: 5; max: 10 by default',
  'a part of a value': 'postgres(`postgres://h/db?connect_timeout=1${zeros}`); //! connect: open',
  'nothing behind the mark': `postgres('postgres://h/db?'); //! connect: 30 by default`,
  'broken encoding': `postgres('postgres://h/db?connect_timeout=%E0%A4%A'); //! connect: open`,
  'an object': `postgres(new URL('postgres://h/db')); //! connect: open`,
  'an object, and options': `postgres(new URL(base), { idle_timeout: 5 }); //! connect: open; idle: 5`,
  'options over it': `postgres('postgres://h/db?max=3', { max: 20 }); //! max: 20`,
  'options beside it': `postgres('postgres://h/db?connect_timeout=5', { max: 20 }); //! max: 20; connect: 5`,
  'the environment, and options': `postgres(process.env.DATABASE_URL, { max: 0 }); //! max: none; connect: open`,
  'the environment, not null, and options': `postgres(process.env.DATABASE_URL!, { connect_timeout: 0 }); //! connect: unbounded`,
  'unknown, and options': `postgres(config.url, { max: 20 }); //! max: 20; connect: open`,
  'options alone': `postgres({ host: 'h', max: 20 }); //! max: 20; connect: 30 by default`,
  nothing: `postgres(); //! max: 10 by default`,
  encoded: `postgres('postgres://h/db?connect%5Ftimeout=5'); //! connect: 5`,
  'with a fragment': `postgres('postgres://h/db?connect_timeout=5#x'); //! connect: 5`,
  zero: `postgres('postgres://h/db?connect_timeout=0'); //! connect: unbounded`,
  'a word': `postgres('postgres://h/db?connect_timeout=soon'); //! connect: open`,
});

testOptions('connection strings among the options', mysql2, {
  uri: `mysql.createPool({ uri: 'mysql://h/db?connectionLimit=3' }); //! max: 3`,
  'uri, with options': `mysql.createPool({ uri: 'mysql://h/db?connectionLimit=3', connectionLimit: 7 }); //! max: 7`,
  'uri of the environment': `mysql.createPool({ uri: process.env.DATABASE_URL }); //! max: open`,
  'uri of the environment, with options': `mysql.createPool({ uri: process.env.DATABASE_URL, connectionLimit: 7 }); //! max: 7`,
  'no value': `mysql.createPool('mysql://h/db?connectionLimit='); //! max: open`,
  'no value but undefined': `mysql.createPool({ uri: undefined, connectionLimit: 7 }); //! max: 7`,
  'the string itself': `mysql.createPool('mysql://h/db?connectionLimit=0'); //! max: unbounded`,
  'either of two': `mysql.createPool({ uri: isProd ? 'mysql://h/a?connectionLimit=3' : 'mysql://h/b' }); //! max: open`,
  'unknown options': `mysql.createPool({ ...config, connectionLimit: 7 }); //! max: 7; connect: open`,
});

testOptions('pg reads the address last', `import { Pool } from 'pg';`, {
  'the address over the options': `new Pool({ connectionString: 'postgres://h/db?query_timeout=5', query_timeout: 7 }); //! query: 5`,
  'the options alone': `new Pool({ connectionString: 'postgres://h/db', query_timeout: 7 }); //! query: 7`,
  'an address of the environment': `new Pool({ connectionString: process.env.DATABASE_URL, query_timeout: 7, max: 5 }); //! query: open; max: 5; acquire: unbounded by default`,
});
