import { describe, expect, it } from 'vitest';
import { findPlace, findPlaceOfUrl } from '../../../src/runtime/hooks/place.ts';

const files: readonly (readonly [layout: string, file: string, name: string, path: string])[] = [
  ['plain', '/app/node_modules/pg/lib/index.js', 'pg', 'lib/index.js'],
  ['scoped', '/app/node_modules/@redis/client/dist/index.js', '@redis/client', 'dist/index.js'],
  ['nested copy', '/app/node_modules/orm/node_modules/pg-pool/index.js', 'pg-pool', 'index.js'],
  ['pnpm', '/app/node_modules/.pnpm/pg@8.23.1_pg-native@3.5.2/node_modules/pg/lib/index.js', 'pg', 'lib/index.js'],
  [
    'pnpm, scoped',
    '/r/node_modules/.pnpm/@redis+client@5.0.0/node_modules/@redis/client/a.js',
    '@redis/client',
    'a.js',
  ],
  ['Plug and Play', '/r/.yarn/cache/pg-npm-8.23.1-abc.zip/node_modules/pg/lib/index.js', 'pg', 'lib/index.js'],
  ['Windows', 'C:\\app\\node_modules\\pg\\lib\\index.js', 'pg', 'lib/index.js'],
  ['Windows, scoped', 'D:\\a b\\node_modules\\@redis\\client\\dist\\index.js', '@redis/client', 'dist/index.js'],
  ['relative', 'node_modules/pg/lib/index.js', 'pg', 'lib/index.js'],
];

describe('the place of a file', () => {
  it.for(files)('in a layout that is %s', ([, file, name, path]) => {
    expect(findPlace(file)).toEqual({ name, path });
  });

  it.for([
    '/app/src/index.js',
    '/app/node_modules.old/pg/lib/index.js',
    '/app/old_node_modules/pg/lib/index.js',
    '/app/node_modules/.package-lock.json',
    '/app/node_modules/.vite/deps/pg.js',
    '/app/node_modules/single-file.js',
    '/app/node_modules/@scope/file.js',
    'node:http',
    '',
  ])('is unknown for %j', (file) => {
    expect(findPlace(file)).toBeUndefined();
  });
});

describe('the place of an address', () => {
  it.for([
    ['file:///app/node_modules/postgres/src/index.js', 'src/index.js'],
    ['file:///C:/app/node_modules/postgres/src/index.js', 'src/index.js'],
    ['file:///app/node_modules/postgres/src/index.js?tsx-namespace=1#a', 'src/index.js'],
    ['file:///app/b%20c/node_modules/postgres/src/index.js?a=node_modules/pg/lib/index.js', 'src/index.js'],
  ] as const)('%s', ([url, path]) => {
    expect(findPlaceOfUrl(url)).toEqual({ name: 'postgres', path });
  });

  it.for(['node:http', 'data:text/javascript,/node_modules/pg/lib/index.js', 'https://cdn/node_modules/pg/index.js'])(
    'is unknown for %s',
    (url) => {
      expect(findPlaceOfUrl(url)).toBeUndefined();
    },
  );
});
