import { drivers } from '../drivers/index.ts';
import type { CheckoutMethod, Driver, Export, Kind, Lease } from '../drivers/driver.ts';
import type { Certainty } from './model.ts';

/** Look-ups over the driver data, built once when the package is loaded. */

/** A value we know: one of the kinds of a driver. */
export interface Known {
  readonly driver: Driver;
  readonly kind: string;
  readonly certainty: Certainty;
}

/** A name that a driver's module exports; `whole` for the module itself. */
export interface Exported {
  readonly driver: Driver;
  readonly value: Export;
}

/** A way to take a connection, for a method name. */
export interface Taking {
  readonly driver: Driver;
  readonly method: CheckoutMethod;
  readonly lease: Lease;
}

const byModule = new Map<string, Driver>();
const byName = new Map<string, Driver>();
const takings = new Map<string, Taking[]>();
const makers = new Set<string>();

for (const driver of drivers) {
  byName.set(driver.name, driver);
  for (const module of driver.modules) byModule.set(module, driver);
  for (const kind of Object.values(driver.kinds)) addTakings(driver, kind);
  for (const [name, value] of Object.entries(driver.exports)) {
    const made = driver.kinds[value.new ?? value.call ?? ''];
    // A default export goes by the package's name in nearly every file.
    if (made?.lease) makers.add(name === 'default' ? driver.name.replace(/\W.*$/, '') : name);
  }
}

function addTakings(driver: Driver, kind: Kind): void {
  for (const [name, method] of Object.entries(kind.checkouts ?? {})) {
    const lease = driver.kinds[method.gives]?.lease;
    if (lease) takings.set(name, [...(takings.get(name) ?? []), { driver, method, lease }]);
  }
}

const isCommon = (name: string): boolean => (takings.get(name) ?? []).every((one) => one.method.commonName);

/** Method names that take a connection, those that other libraries use as well left out. */
export const ownTakings: readonly string[] = [...takings.keys()].filter((name) => !isCommon(name));
export const commonTakings: readonly string[] = [...takings.keys()].filter(isCommon);
/** Names of receivers that make a common name mean a checkout. */
export const receiverNames: readonly string[] = [
  ...new Set([...takings.values()].flat().flatMap((one) => one.method.receiverNames ?? [])),
];
/** Names by which pools and connections are made. */
export const makerNames: readonly string[] = [...makers, 'pgp'].filter((name) => name !== '');
/** Modules whose pools hand something out. */
export const moduleNames: readonly string[] = drivers
  .filter(({ kinds }) => Object.values(kinds).some(({ lease }) => lease))
  .flatMap(({ modules }) => modules);
const ownNames = new Map(
  drivers.flatMap((driver) =>
    Object.entries(driver.exports).flatMap(([name, value]) => (value.ownName ? [[name, driver] as const] : [])),
  ),
);
/** Exported names that say enough wherever they are imported from. */
export const ownNamed: readonly string[] = [...ownNames.keys()];

/** The driver whose name is imported from a path of the user's own. */
export function driverOfName(module: string, name: string): Driver | undefined {
  return /^[.@~#]/.test(module) ? ownNames.get(name) : undefined;
}

const answers = new Map<string, Driver | undefined>();

/** Asked for nearly every import of a file: each specifier is looked at once. */
export function driverOfModule(module: string): Driver | undefined {
  if (!answers.has(module)) answers.set(module, byModule.get(module) ?? driverByEnd(module));
  return answers.get(module);
}

/** Code that a tool writes into the user's tree: `../generated/prisma`. */
function driverByEnd(module: string): Driver | undefined {
  const path = module.replace(/\.[cm]?[jt]s$/, '').replace(/\/index$/, '');
  return drivers.find(({ moduleEnds }) => moduleEnds?.some((end) => path.endsWith(`/${end}`)));
}

export const driverNamed = (name: string): Driver | undefined => byName.get(name) ?? byModule.get(name);
export const takingsNamed = (method: string): readonly Taking[] => takings.get(method) ?? [];

/** The module as a value: its exports are its members, and its default export may be callable itself. */
export function moduleExport(driver: Driver): Exported {
  return { driver, value: { namespace: true, ...driver.exports['default'] } };
}

export function exportNamed(driver: Driver, name: string): Exported | undefined {
  if (name === 'default' && !Object.hasOwn(driver.exports, 'default')) return { driver, value: { namespace: true } };
  const value = Object.hasOwn(driver.exports, name) ? driver.exports[name] : undefined;
  return value && { driver, value };
}

export function known(driver: Driver, kind: string | undefined, certainty: Certainty = 'proven'): Known | undefined {
  return kind === undefined || !Object.hasOwn(driver.kinds, kind) ? undefined : { driver, kind, certainty };
}

/** A property or method result of a known value that is known again. */
export function member(of: Known, name: string): Known | undefined {
  const members = of.driver.kinds[of.kind]?.members;
  return members && Object.hasOwn(members, name) ? known(of.driver, members[name], of.certainty) : undefined;
}

/** The checkout method of a known value, with its lease. */
export function takingOf(of: Known, name: string): Taking | undefined {
  const methods = of.driver.kinds[of.kind]?.checkouts;
  const method = methods && Object.hasOwn(methods, name) ? methods[name] : undefined;
  const lease = method && of.driver.kinds[method.gives]?.lease;
  return method && lease ? { driver: of.driver, method, lease } : undefined;
}
