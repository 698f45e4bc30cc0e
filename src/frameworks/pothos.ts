import type { Framework } from './framework.ts';

/**
 * Pothos, and Nexus, which reads the same. Read in @pothos/core 4.15.1: dts/fieldUtils/root.d.ts:10-91,
 * dts/types/global/field-options.d.ts:16, :50; nexus 1.3.0. The callbacks `(t) => …` build the schema, once.
 */
export const pothos: Framework = {
  name: 'Pothos',
  modules: ['@pothos/core', '@pothos/', 'nexus'],
  calls: [
    {
      what: 'resolver',
      names: [
        'field',
        'boolean',
        'float',
        'id',
        'int',
        'string',
        'booleanList',
        'floatList',
        'idList',
        'intList',
        'stringList',
        // Of plugins (documentation).
        'connection',
        'fieldWithInput',
        'prismaField',
        'prismaConnection',
        'drizzleField',
        'loadable',
      ],
      on: { made: [], names: ['t', 'builder'] },
      properties: ['resolve', 'subscribe'],
    },
  ],
};
