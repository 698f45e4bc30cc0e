import type { Driver } from './driver.ts';
import { prismaLimits } from './limits/prisma.ts';

/** Prisma: one client holds an engine or an adapter, and either holds a pool. Read in @prisma/client 7.10.0, 6.19.3. */
export const prismaClient: Driver = {
  name: '@prisma/client',
  modules: [
    '@prisma/client',
    '@prisma/client/edge',
    '@prisma/client/wasm',
    '@prisma/client/default',
    '.prisma/client',
    '.prisma/client/edge',
  ],
  // `output` of the generator; 7 has no other place. Its documentation writes `../src/generated/prisma`.
  moduleEnds: [
    'generated/prisma',
    'generated/prisma/client',
    'generated/prisma/edge',
    'generated/prisma-client',
    'generated/prisma-client/client',
    'generated/client',
    'generated/client/client',
    'prisma/generated',
    'prisma/generated/prisma',
    'prisma/generated/client',
    '.prisma/client',
    'prisma/client',
  ],
  exports: {
    PrismaClient: { new: 'client', type: 'client', ownName: true },
  },
  kinds: {
    client: {
      limits: prismaLimits,
      // $extends() gives the same client in another form, over the same engine.
      members: { $extends: 'client' },
      owns: {
        what: 'pool',
        end: ['$disconnect'],
        awaitEnd: true,
        // Opens with the first query.
        open: ['$connect'],
        // Its help page on Next.js asks for it. An adapter listens to its own pool: adapter-pg/dist/index.js:813.
        reload: true,
      },
    },
  },
};
