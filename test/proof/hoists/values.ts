import { importOwn, type Site } from './scope.ts';

/** Where what a driver is told comes from: the expression for a host, with what it needs written above. */
type Value = (site: Site) => { readonly text: string; readonly before?: readonly string[] };

const ENV = 'process.env.DATABASE_URL';

const once: readonly (readonly [string, Value])[] = [
  ['constant', () => ({ text: "'db'" })],
  ['constant', () => ({ text: "'db'" })],
  ['constant', () => ({ text: "'db'" })],
  [
    'module constant',
    (site) => {
      site.head.push("const HOST = 'module-host'");
      return { text: 'HOST' };
    },
  ],
  [
    'imported constant',
    (site) => {
      importOwn(site, '{ config }', './config.js');
      return { text: 'config.host' };
    },
  ],
  [
    'imported constant',
    (site) => {
      importOwn(site, '{ HOST }', './config.js');
      return { text: 'HOST' };
    },
  ],
  ['environment', (site) => ({ text: ofEnvironment(site) })],
  ['environment', (site) => ({ text: ofEnvironment(site) })],
  ['environment', () => ({ text: "process.env.DATABASE_URL ?? 'fallback'" })],
  ['environment', () => ({ text: "process.env['DB_HOST'] || 'fallback'" })],
  ['local constant', () => ({ text: 'host', before: ["const host = 'local-host'"] })],
  ['local environment', () => ({ text: 'host', before: ["const host = process.env.DB_HOST ?? 'none'"] })],
  [
    'function of the module',
    (site) => {
      site.head.push("function hostName() { return process.env.DB_HOST ?? 'none' }");
      return { text: 'hostName()' };
    },
  ],
];

/** Another one for each call, or for some. */
const changing: readonly (readonly [string, Value])[] = [
  ['of the request', () => ({ text: 'input.kind' })],
  ['of the request', () => ({ text: 'host', before: ["const host = input.flag ? 'primary' : 'replica'"] })],
  ['of the request', () => ({ text: '`tenant-${input.kind}`' })],
  [
    'of a helper',
    (site) => {
      importOwn(site, '{ makeHost }', './names.js');
      return { text: 'makeHost()' };
    },
  ],
  [
    'of a variable of the module',
    (site) => {
      site.head.push('let calls = 0');
      return { text: '`host-${calls++}`' };
    },
  ],
  [
    'of a variable of the module',
    (site) => {
      site.head.push("let current = 'first'");
      return { text: 'current', before: ["current = input.flag ? 'primary' : 'replica'"] };
    },
  ],
];

export function pickValue(site: Site): { text: string; before?: readonly string[] } {
  const { random } = site.scope;
  const isChanging = random.chance(0.15);
  const [name, make] = random.pick(isChanging ? changing : once);
  if (isChanging) site.unsound.add(`built from what changes: ${name}`);
  site.construct.values = name;
  return make(site);
}

/** As types ask for it: a driver that wants a string does not take `string | undefined`. */
function ofEnvironment({ language }: Site): string {
  return language === 'ts' ? `${ENV}!` : ENV;
}
