import type { Framework } from './framework.ts';

/** Feathers. Read in @feathersjs/feathers 5.0.50: lib/declarations.d.ts:58-69. `setup` and `teardown` run once. */
export const feathers: Framework = {
  name: 'Feathers',
  modules: ['@feathersjs/'],
  calls: [
    {
      what: 'hook',
      names: ['hooks'],
      on: { made: ['feathers'], types: ['Application'], names: ['app', 'service'] },
      properties: ['around', 'before', 'after', 'error'],
      anywhere: true,
    },
  ],
  methods: [
    {
      what: 'service method',
      classes: ['ServiceMethods', 'ServiceInterface'],
      methods: ['find', 'get', 'create', 'update', 'patch', 'remove'],
    },
  ],
};
