import type { Framework } from './framework.ts';

/**
 * React Router 7 and Remix. Read in react-router 7.18.5, @remix-run/node 2.17.5, @react-router/express 7.18.4.
 * `clientLoader`, `clientAction` and `clientMiddleware` run in the browser.
 */
export const reactRouter: Framework = {
  name: 'React Router',
  // './+types/' are the generated types of a route module.
  modules: ['react-router', 'react-router/', '@react-router/', '@remix-run/', './+types/'],
  // `react-router` alone is the router of many clients.
  packages: ['@react-router/', '@remix-run/'],
  calls: [
    // @react-router/express/dist/index.d.ts:20.
    { what: 'load context', names: ['createRequestHandler'], properties: ['getLoadContext'] },
  ],
  files: [
    // ServerRouteModule, dist/development/data-*.d.ts:1545; `middleware`: :747.
    { what: 'loader', path: '(?:^|/)app/(?:routes/.*|root)\\.[cm]?[jt]sx?$', exports: ['loader'] },
    { what: 'action', path: '(?:^|/)app/(?:routes/.*|root)\\.[cm]?[jt]sx?$', exports: ['action'] },
    { what: 'middleware', path: '(?:^|/)app/(?:routes/.*|root)\\.[cm]?[jt]sx?$', exports: ['middleware'] },
    // `routes.ts` may name files of any path.
    { what: 'loader', path: '\\.[cm]?[jt]sx?$', imports: true, exports: ['loader'] },
    { what: 'action', path: '\\.[cm]?[jt]sx?$', imports: true, exports: ['action'] },
    {
      what: 'request handler',
      // HandleDocumentRequestFunction, HandleDataRequestFunction, HandleErrorFunction: index-react-server-client-*.d.ts:40-50.
      path: '(?:^|/)app/entry\\.server\\.[cm]?[jt]sx?$',
      exports: ['default', 'handleDataRequest', 'handleError'],
    },
  ],
  types: [
    { what: 'loader', names: ['LoaderFunction'] },
    { what: 'action', names: ['ActionFunction'] },
    { what: 'middleware', names: ['MiddlewareFunction'] },
  ],
  // Vite evaluates a changed module and what imports it again, in the same process (documentation of Remix: db.server.ts).
  reloads: { paths: ['(?:^|/)app/(?:routes/|root\\.|entry\\.server\\.|(?:.*/)?[^/]+\\.server\\.)'] },
};
