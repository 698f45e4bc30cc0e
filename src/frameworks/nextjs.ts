import type { Framework } from './framework.ts';

/**
 * Next.js. Read in next 16.4.6, next-auth 4.24.15. Once or at build: `getStaticProps`, `getStaticPaths`,
 * `generateStaticParams`, `register` of instrumentation.ts.
 */
export const nextjs: Framework = {
  name: 'Next.js',
  modules: ['next', 'next/', 'next-auth', 'next-auth/', '@clerk/nextjs', '@clerk/nextjs/', 'server-only'],
  calls: [
    // next/cache.d.ts: what it wraps runs for each new key.
    { what: 'cached function', names: ['unstable_cache'] },
    // next-auth 5: a configuration that is asked for at each request.
    { what: 'auth configuration', names: ['NextAuth'] },
    {
      what: 'auth callback',
      // next-auth/providers/credentials.d.ts:13, core/types.d.ts:84, :97.
      names: ['NextAuth', 'CredentialsProvider', 'Credentials'],
      properties: ['authorize', 'callbacks', 'events'],
      anywhere: true,
    },
  ],
  files: [
    {
      what: 'route handler',
      // HTTP_METHODS, next/dist/server/web/http.d.ts:5.
      path: '(?:^|/)app/(?:.*/)?route\\.[cm]?[jt]sx?$',
      exports: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'],
    },
    { what: 'API route', path: '(?:^|/)pages/api/.*\\.[cm]?[jt]sx?$', exports: ['default'] },
    // GetServerSideProps, next/dist/types.d.ts:211.
    { what: 'getServerSideProps', path: '(?:^|/)pages/(?!api/).*\\.[cm]?[jt]sx?$', exports: ['getServerSideProps'] },
    {
      what: 'server component',
      path: '(?:^|/)app/(?:.*/)?(?:page|layout|template|default|not-found)\\.[cm]?[jt]sx?$',
      exports: ['default', 'generateMetadata', 'generateViewport'],
    },
    {
      what: 'middleware',
      // MIDDLEWARE_FILENAME and PROXY_FILENAME, next/dist/lib/constants.d.ts:30-33; many projects have files so named.
      path: '(?:^|/)(?:middleware|proxy)\\.[cm]?[jt]s$',
      imports: true,
      exports: ['default', 'middleware', 'proxy'],
    },
  ],
  directives: [{ what: 'server action', directive: 'use server' }],
  types: [
    // next/dist/types.d.ts:95, :211; next/server.d.ts:11-14.
    { what: 'API route', names: ['NextApiHandler'] },
    { what: 'getServerSideProps', names: ['GetServerSideProps'] },
    { what: 'middleware', names: ['NextMiddleware', 'NextProxy'] },
  ],
  reloads: {
    paths: [
      '(?:^|/)pages/api/',
      '(?:^|/)src/app/[^/]+\\.[cm]?[jt]sx?$',
      '(?:^|/)app/(?:.*/)?(?:route|page|layout)\\.[cm]?[jt]sx?$',
    ],
  },
  perRequest: {
    // ServerRuntime, next/dist/types.d.ts:15.
    texts: [
      '\\bexport\\s+const\\s+runtime\\s*=\\s*[\'"`](?:experimental-)?edge[\'"`]',
      '\\bruntime\\s*:\\s*[\'"`](?:experimental-)?edge[\'"`]',
    ],
  },
};
