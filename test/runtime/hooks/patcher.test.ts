import { expect, it } from 'vitest';
import { Patcher } from '../../../src/runtime/hooks/patcher.ts';
import { marking } from './packages.ts';

it('a module that several hooks see is patched once', () => {
  const source = { entries: marking.entries, wrap: (exported: unknown) => ({ wrapped: exported }) };
  const patcher = new Patcher({ adapters: [{ ...marking, source }], onRefused: () => {} });
  const module = { exports: { name: 'acme' } };
  const place = { name: 'acme', path: 'index.js' };
  patcher.patchModule(module, place, '/app/node_modules/acme/index.js');
  patcher.patchModule(module, place, '/app/node_modules/acme/index.js');
  expect(module.exports).toEqual({ wrapped: { name: 'acme', marked: true } });
});
