import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a route handler': {
      what: 'route handler',
      path: 'src/app/api/users/route.ts',
      code: `export async function GET(request) { new Pool(); }`,
    },
    'a wrapped one': {
      what: 'route handler',
      path: 'app/users/route.ts',
      code: `export const POST = withAuth(async (request) => { new Pool(); });`,
    },
    'an API route': {
      what: 'API route',
      path: 'pages/api/users.ts',
      code: `export default async function users(q, s) { new Pool(); }`,
    },
    getServerSideProps: {
      what: 'getServerSideProps',
      path: 'pages/users.tsx',
      code: `export const getServerSideProps = async () => { new Pool(); return { props: {} }; };`,
    },
    'a server action': {
      what: 'server action',
      path: 'src/lib/actions.ts',
      code: `'use server';
export async function save(form) { new Pool(); }`,
    },
    'an action in a function': {
      what: 'server action',
      path: 'app/form.tsx',
      code: `export function Form() { async function save(form) { 'use server'; new Pool(); } return save; }`,
    },
    'a server component': {
      what: 'server component',
      path: 'app/users/page.tsx',
      code: `export default async function Page() { new Pool(); }`,
    },
    middleware: {
      what: 'middleware',
      path: 'src/middleware.ts',
      code: `import { NextResponse } from 'next/server';
export async function middleware(request) { new Pool(); return NextResponse.next(); }`,
    },
    'a callback of NextAuth': {
      what: 'auth callback',
      path: 'src/auth.ts',
      code: `import NextAuth from 'next-auth';
export default NextAuth({ callbacks: { async signIn() { new Pool(); return true; } } });`,
    },
    'the configuration of NextAuth, as a function': {
      what: 'auth configuration',
      path: 'src/auth.ts',
      code: `import NextAuth from 'next-auth';
export const { handlers } = NextAuth(() => { const pool = new Pool(); return { adapter: pool }; });`,
    },
    'a cached function': {
      what: 'cached function',
      code: `import { unstable_cache } from 'next/cache';
export const users = unstable_cache(async () => { new Pool(); }, ['users']);`,
    },
    'a typed API route': {
      what: 'API route',
      code: `import type { NextApiHandler } from 'next';
export const run: NextApiHandler = async (x) => { new Pool(); };`,
    },
    'typed getServerSideProps': {
      what: 'getServerSideProps',
      code: `import type { GetServerSideProps } from 'next';
export const run: GetServerSideProps = async (x) => { new Pool(); };`,
    },
    'typed middleware': {
      what: 'middleware',
      code: `import type { NextMiddleware } from 'next/server';
export const run: NextMiddleware = async (x) => { new Pool(); };`,
    },
  },
  once: {
    'static props': {
      path: 'pages/users.tsx',
      code: `export const getStaticProps = async () => { new Pool(); return { props: {} }; };`,
    },
    'static parameters': {
      path: 'app/users/[id]/page.tsx',
      code: `export async function generateStaticParams() { new Pool(); return []; }`,
    },
    instrumentation: {
      path: 'src/instrumentation.ts',
      code: `export async function register() { globalThis.db = new Pool(); }`,
    },
    'a factory in a file called middleware': {
      path: 'src/middleware.ts',
      code: `export function middleware(options) { const db = new Pool(); return (q, s, next) => next(db); }`,
    },
  },
  perRequest: {
    'an edge route': {
      path: 'app/users/route.ts',
      code: `export const runtime = 'edge';
export async function GET() { new Pool(); }`,
    },
    'an edge API route': {
      path: 'pages/api/users.ts',
      code: `export const config = { runtime: 'experimental-edge' };
export default async function users(request) { new Pool(); }`,
    },
  },
  reloads: {
    again: ['src/pages/api/users.ts', 'app/users/route.ts', 'src/app/(shop)/page.tsx', 'app/layout.tsx'],
    never: ['src/routes/route.ts', 'pages/users.tsx', 'app/users/db.ts', 'src/pageset/api.ts'],
  },
};
