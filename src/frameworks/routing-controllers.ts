import type { Framework } from './framework.ts';

/**
 * routing-controllers. Read in routing-controllers 0.11.3: types. `Get`, `Post` … stand with NestJS. Middleware classes are
 * constructed once.
 */
export const routingControllers: Framework = {
  name: 'routing-controllers',
  modules: ['routing-controllers'],
  methods: [
    { what: 'route handler', decorators: ['Method'] },
    {
      what: 'middleware',
      classes: ['ExpressMiddlewareInterface', 'ExpressErrorMiddlewareInterface', 'KoaMiddlewareInterface'],
      methods: ['use', 'error'],
    },
    { what: 'interceptor', classes: ['InterceptorInterface'], methods: ['intercept'] },
  ],
};
