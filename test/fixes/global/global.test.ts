import { describe, expect, it } from 'vitest';
import { repairByHoisting } from '../../../src/fixes/hoist/hoist.ts';
import { repairAsGlobal } from '../../../src/fixes/global/global.ts';
import { hoisted, suggestion, typeErrors } from '../hoisted.ts';

interface Case {
  readonly name: string;
  readonly filename: string;
  readonly code: string;
  readonly output: string;
}

const USE = `
export async function GET() {
  return NextResponse.json(await prisma.user.findMany());
}
`;
const IMPORTS = "import { NextResponse } from 'next/server';\nimport { PrismaClient } from '@prisma/client';\n\n";
const GUARD = "if (process.env.NODE_ENV !== 'production') ";

const cases: readonly Case[] = [
  {
    name: 'a client of the module, with its comment and its export',
    filename: 'app/users/route.ts',
    code: `${IMPORTS}// The client of all routes.\nexport const prisma = new PrismaClient(); // one\n${USE}`,
    output: `${IMPORTS}const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
// The client of all routes.
export const prisma = globalForPrisma.prisma ?? new PrismaClient(); // one
${GUARD}globalForPrisma.prisma = prisma;
${USE}`,
  },
  {
    name: 'a written type',
    filename: 'app/users/route.ts',
    code: `${IMPORTS}const prisma: PrismaClient = new PrismaClient();\n${USE}`,
    output: `${IMPORTS}const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };
const prisma: PrismaClient = globalForPrisma.prisma ?? new PrismaClient();
${GUARD}globalForPrisma.prisma = prisma;
${USE}`,
  },
  {
    name: 'options that change the type',
    filename: 'app/users/route.ts',
    code: `${IMPORTS}const prisma = new PrismaClient({ log: ['query'] });\n${USE}`,
    output: `${IMPORTS}const makePrisma = () => new PrismaClient({ log: ['query'] });
const globalForPrisma = globalThis as unknown as { prisma?: ReturnType<typeof makePrisma> };
const prisma = globalForPrisma.prisma ?? makePrisma();
${GUARD}globalForPrisma.prisma = prisma;
${USE}`,
  },
  {
    name: 'JavaScript with other quotes and no semicolons',
    filename: 'pages/api/users.js',
    code: `import { PrismaClient } from "@prisma/client"\nimport { send } from "send"\n\nconst prisma = new PrismaClient()\n\nexport default async (req, res) => send(res, await prisma.user.findMany())\n`,
    output: `import { PrismaClient } from "@prisma/client"\nimport { send } from "send"\n
const globalForPrisma = globalThis
const prisma = globalForPrisma.prisma ?? new PrismaClient()
if (process.env.NODE_ENV !== "production") globalForPrisma.prisma = prisma
\nexport default async (req, res) => send(res, await prisma.user.findMany())\n`,
  },
  {
    name: 'a global that is read and never set',
    filename: 'app/users/route.ts',
    code: `${IMPORTS}const store = globalThis as unknown as { prisma?: PrismaClient };\nconst prisma = store.prisma || new PrismaClient();\n${USE}`,
    output: `${IMPORTS}const store = globalThis as unknown as { prisma?: PrismaClient };
const prisma = store.prisma || new PrismaClient();
${GUARD}store.prisma = prisma;
${USE}`,
  },
];

const typed = cases.filter(({ filename }) => filename.endsWith('.ts'));
const errors = typeErrors(typed.flatMap(({ code, output }) => [code, output]));

describe('kept on globalThis', () => {
  it.for(cases)('$name', ({ code, filename, output }) => {
    expect(hoisted(code, repairAsGlobal, filename)).toEqual({ output, left: 0 });
  });

  it.for(typed)('and still compiles: $name', (one) => {
    const at = typed.indexOf(one) * 2;
    expect([errors[at], errors[at + 1]]).toEqual([[], []]);
  });
});

describe('only a suggestion, because another file may build another under this name', () => {
  const builds: readonly (readonly [name: string, from: string, built: string])[] = [
    ['with options of its own', '@prisma/client', 'new PrismaClient({ datasourceUrl: process.env.A_URL })'],
    ['from generated code of its own', './generated/prisma', 'new PrismaClient()'],
  ];
  it.for(builds)('%s', ([, from, built]) => {
    const imports = IMPORTS.replace('@prisma/client', from);
    const code = `${imports}const prisma = ${built};\n${USE}`;
    const filename = 'app/users/route.ts';
    expect(hoisted(code, repairAsGlobal, filename)).toEqual({ output: code, left: 1 });
    expect(suggestion(code, repairAsGlobal, filename)).toContain(`globalForPrisma.prisma ?? ${built};`);
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
    expect(hoisted(code, repairAsGlobal, 'app/users/route.ts').output).toBe(code);
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
    const { output } = hoisted(code, repairByHoisting, 'app/users/route.js');
    expect(output).toContain('let prisma;\n');
    expect(output).toContain('  prisma ??= new PrismaClient({ log: [log.level] });\n');
  });
});
