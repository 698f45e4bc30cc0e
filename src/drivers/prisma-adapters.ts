import type { Driver } from './driver.ts';
import { prismaMariadbLimits, prismaPgLimits } from './limits/prisma.ts';

/** Prisma's adapters: each makes the pool of a client with the options it got. Read in version 7.10 of both. */
export const prismaAdapters: Driver = {
  name: 'prisma-adapters',
  modules: ['@prisma/adapter-pg', '@prisma/adapter-mariadb'],
  // adapter-pg/dist/index.js:813.
  listens: true,
  exports: {
    PrismaPg: { new: 'pgAdapter', type: 'pgAdapter' },
    PrismaMariaDb: { new: 'mariadbAdapter', type: 'mariadbAdapter' },
  },
  // The pool comes with the client's first query, and goes with `$disconnect()`.
  kinds: { pgAdapter: { limits: prismaPgLimits }, mariadbAdapter: { limits: prismaMariadbLimits } },
};
