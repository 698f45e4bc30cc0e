import type { Framework } from './framework.ts';

/** Netlify functions. Read in @netlify/functions 5.3.0: dist/main.d.ts:297. */
export const netlifyFunctions: Framework = {
  name: 'Netlify',
  modules: ['@netlify/functions', '@netlify/edge-functions'],
  calls: [
    { what: 'scheduled function', names: ['schedule'] },
    { what: 'function', names: ['builder', 'stream'] },
  ],
  files: [{ what: 'function', path: '(?:^|/)netlify/(?:edge-)?functions/', exports: ['default', 'handler'] }],
  types: [{ what: 'function', names: ['Handler', 'BackgroundHandler', 'BuilderHandler', 'StreamingHandler'] }],
  // Isolates without a lasting process (documentation).
  perRequest: { paths: ['(?:^|/)netlify/edge-functions/'] },
};
