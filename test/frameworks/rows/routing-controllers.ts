import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'an interceptor': {
      what: 'interceptor',
      code: `import type { InterceptorInterface } from 'routing-controllers';
export class Log implements InterceptorInterface { async intercept(action, content) { new Pool(); } }`,
    },
    middleware: {
      what: 'middleware',
      code: `import type { ExpressMiddlewareInterface } from 'routing-controllers';
export class Db implements ExpressMiddlewareInterface { use(q, s, next) { new Pool(); next(); } }`,
    },
    'a method': {
      what: 'route handler',
      code: `import { Method } from 'routing-controllers';
export class Users { @Method('purge', '/') async purge() { new Pool(); } }`,
    },
  },
  once: {
    'a constructor': {
      code: `import type { ExpressMiddlewareInterface } from 'routing-controllers';
export class Db implements ExpressMiddlewareInterface { constructor() { this.db = new Pool(); } }`,
    },
  },
};
