/**
 * When a value may be built.
 * - `constant`     at any time: it is made of literals
 * - `environment`  once the program has read its settings: `process.env`, imported values, settings of the module
 * - `bound`        only where it stands: it depends on parameters, on `this`, or on what is awaited
 */
export type Dependence = 'bound' | 'constant' | 'environment';

export function worst(all: readonly Dependence[]): Dependence {
  if (all.includes('bound')) return 'bound';
  return all.includes('environment') ? 'environment' : 'constant';
}
