import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a method': {
      what: 'service method',
      code: `import type { ServiceMethods } from '@feathersjs/feathers';
export class Users implements ServiceMethods { async find(params) { new Pool(); } }`,
    },
    'a hook': {
      what: 'hook',
      code: `import { feathers } from '@feathersjs/feathers';
const app = feathers();
app.service('users').hooks({ before: { all: [async (context) => { new Pool(); }] } });`,
    },
  },
  once: {
    'set-up': {
      code: `import type { ServiceMethods } from '@feathersjs/feathers';
export class Users implements ServiceMethods { async setup(app) { this.db = new Pool(); } }`,
    },
  },
};
