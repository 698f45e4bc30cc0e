import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a field': {
      what: 'resolver',
      code: `import { FieldResolver } from 'type-graphql';
export class Users { @FieldResolver() async posts() { new Pool(); } }`,
    },
  },
  once: {
    'a constructor': {
      code: `import { Resolver } from 'type-graphql';
@Resolver()
export class Users { constructor() { this.db = new Pool(); } }`,
    },
  },
};
