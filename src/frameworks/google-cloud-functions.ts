import type { Framework } from './framework.ts';

/** Google Cloud Functions. Read in @google-cloud/functions-framework 5.0.5: build/src/function_registry.d.ts:30-37. */
export const googleCloudFunctions: Framework = {
  name: 'Cloud Functions',
  modules: ['@google-cloud/functions-framework'],
  calls: [{ what: 'function', names: ['http', 'cloudEvent'] }],
  // build/src/functions.d.ts:36-64.
  types: [{ what: 'function', names: ['HttpFunction', 'CloudEventFunction', 'EventFunction'] }],
};
