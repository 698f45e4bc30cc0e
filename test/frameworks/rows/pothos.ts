import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a field': {
      what: 'resolver',
      code: `import SchemaBuilder from '@pothos/core';
const builder = new SchemaBuilder({});
builder.queryField('users', (t) => t.field({ type, resolve: async () => { new Pool(); } }));`,
    },
    'of elsewhere': {
      what: 'resolver',
      code: `import { builder } from './builder.ts';
builder.queryField('users', (t) => t.prismaField({ type, resolve: async () => { new Pool(); } }));`,
    },
  },
  once: {
    'the fields': {
      code: `import SchemaBuilder from '@pothos/core';
const builder = new SchemaBuilder({});
builder.queryField('users', (t) => { const db = new Pool(); return fieldOf(t, db); });`,
    },
  },
};
