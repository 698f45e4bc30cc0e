import Module from 'node:module';
import type { Patcher } from './patcher.ts';
import { findPlace } from './place.ts';

/** Patches the CommonJS files that ran before the hooks were there, each copy of a package by itself. */
export function patchLoaded(patcher: Patcher): void {
  const { _cache: loaded } = Module as unknown as { _cache: Readonly<Record<string, NodeJS.Module | undefined>> };
  for (const [file, module] of Object.entries(loaded)) {
    const place = findPlace(file);
    if (place !== undefined && module?.loaded === true) patcher.patchModule(module, place, file);
  }
}
