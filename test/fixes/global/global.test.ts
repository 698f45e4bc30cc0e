import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { repairAsGlobal } from '../../../src/fixes/global/global.ts';
import { fixed, suggestions } from '../applied.ts';
import { testChanges } from '../changes.ts';

const USE = `
export async function GET() {
  return NextResponse.json(await prisma.user.findMany());
}
`;
const IMPORTS = "import { NextResponse } from 'next/server';\nimport { PrismaClient } from '@prisma/client';\n\n";

testChanges('kept on globalThis', repairAsGlobal, [
  {
    name: 'a client of the module, with its comment and its export',
    filename: 'app/users/route.ts',
    change: `
 import { NextResponse } from 'next/server';
 import { PrismaClient } from '@prisma/client';

+const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
 // The client of all routes.
-export const prisma = new PrismaClient(); // one
+export const prisma = globalForPrisma.prisma ?? new PrismaClient(); // one
+if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;

 export async function GET() {
   return NextResponse.json(await prisma.user.findMany());
 }
`,
  },
  {
    name: 'a written type',
    filename: 'app/users/route.ts',
    change: `
 import { NextResponse } from 'next/server';
 import { PrismaClient } from '@prisma/client';

-const prisma: PrismaClient = new PrismaClient();
+const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
+const prisma: PrismaClient = globalForPrisma.prisma ?? new PrismaClient();
+if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;

 export async function GET() {
   return NextResponse.json(await prisma.user.findMany());
 }
`,
  },
  {
    name: 'options that change the type',
    filename: 'app/users/route.ts',
    change: `
 import { NextResponse } from 'next/server';
 import { PrismaClient } from '@prisma/client';

-const prisma = new PrismaClient({ log: ['query'] });
+const makePrisma = () => new PrismaClient({ log: ['query'] });
+const globalForPrisma = globalThis as unknown as { prisma?: ReturnType<typeof makePrisma> };
+const prisma = globalForPrisma.prisma ?? makePrisma();
+if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;

 export async function GET() {
   return NextResponse.json(await prisma.user.findMany());
 }
`,
  },
  {
    name: 'JavaScript with other quotes and no semicolons',
    filename: 'pages/api/users.js',
    change: `
 import { PrismaClient } from "@prisma/client"
 import { send } from "send"

-const prisma = new PrismaClient()
+const globalForPrisma = globalThis
+const prisma = globalForPrisma.prisma ?? new PrismaClient()
+if (process.env.NODE_ENV !== "production") globalForPrisma.prisma = prisma

 export default async (req, res) => send(res, await prisma.user.findMany())
`,
  },
  {
    name: 'a global that is read and never set',
    filename: 'app/users/route.ts',
    change: `
 import { NextResponse } from 'next/server';
 import { PrismaClient } from '@prisma/client';

 const store = globalThis as unknown as { prisma?: PrismaClient };
 const prisma = store.prisma || new PrismaClient();
+if (process.env.NODE_ENV !== 'production') store.prisma = prisma;

 export async function GET() {
   return NextResponse.json(await prisma.user.findMany());
 }
`,
  },
]);

describe('only a suggestion, because another file may build another under this name', () => {
  const builds: readonly (readonly [name: string, from: string, built: string])[] = [
    ['with options of its own', '@prisma/client', 'new PrismaClient({ datasourceUrl: process.env.A_URL })'],
    ['from generated code of its own', './generated/prisma', 'new PrismaClient()'],
  ];
  it.for(builds)('%s', ([, from, built]) => {
    const imports = IMPORTS.replace('@prisma/client', from);
    const code = `${imports}const prisma = ${built};\n${USE}`;
    const filename = 'app/users/route.ts';
    expect(fixed(code, repairAsGlobal, { filename })).toEqual({ output: code, left: 1 });
    expect(suggestions(code, repairAsGlobal, { filename }).suggested[0]).toContain(
      `globalForPrisma.prisma ?? ${built};`,
    );
  });
});

describe('left alone', () => {
  const codes: readonly (readonly [name: string, code: string])[] = [
    ['another form of it', `${IMPORTS}export const prisma = new PrismaClient().$extends({});\n${USE}`],
    ['one that is written again', `${IMPORTS}let prisma = new PrismaClient();\n${USE}`],
    ['one of two', `${IMPORTS}const a = 1,\n  prisma = new PrismaClient();\n${USE}`],
    [
      'one whose options a test tells more of',
      `${IMPORTS}if (!process.env.LEVEL) throw new Error('level');\nconst prisma = new PrismaClient({ log: [process.env.LEVEL] });\n${USE}`,
    ],
  ];
  it.for(codes)('%s', ([, code]) => {
    expect(fixed(code, repairAsGlobal, { filename: 'app/users/route.ts' }).output).toBe(code);
  });
});

describe('in a handler of Next.js', () => {
  it('options of the function stay there', () => {
    const code = `${IMPORTS}export async function GET() {
  const log = { level: 'query' };
  const prisma = new PrismaClient({ log: [log.level] });
  return NextResponse.json(await prisma.user.findMany());
}
`;
    const { output } = fixed(code, repairByHoisting, { filename: 'app/users/route.js' });
    expect(output).toContain('let prisma;\n');
    expect(output).toContain('  prisma ??= new PrismaClient({ log: [log.level] });\n');
  });
});
