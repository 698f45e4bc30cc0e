import { holderOf } from './holders.ts';
import { install as guard, register, start } from './install.ts';
import type { Lease } from './leases.ts';
import { settings, world } from './world.ts';

/** What the entries for test runners share: leaks fail the test that made them. */

/**
 * What a test has started may take 100 ms to give back. Looks are counted, not the time: on a busy machine the loop may stand
 * still for longer, and what would give back is as late as we are.
 */
const LOOKS = 20;
const LOOK_MS = 5;

const { setTimeout } = globalThis;
const failed = new WeakSet<Lease>();

/** As in the runtime; each checkout remembers its line. */
export function install<Module extends object>(module: Module): Module {
  const installed = guard(module);
  rememberLines();
  return installed;
}

/** What importing such an entry does. */
export function prepare(): void {
  start(true);
  register();
  rememberLines();
}

/** Tests are few and their checkouts too: every one has a stack, unless the policy says otherwise. */
function rememberLines(): void {
  world.stacks.when = settings().policy.runtime?.stacks ?? 'always';
}

/**
 * For `afterEach`: nothing that was checked out is still held. Waits a moment for what is on its way back. What is held is
 * named once, so that the next test does not fail for it.
 * @throws Error that names each holder's line
 */
export async function assertNoLeaks(): Promise<void> {
  for (let look = 0; look < LOOKS && leaks().length > 0; look += 1)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const held = leaks();
  if (held.length === 0) return;
  for (const lease of held) {
    lease.isKept = true;
    failed.add(lease);
  }
  throw new Error(`Connections were not given back:${held.map(lineOf).join('')}`);
}

const leaks = (): Lease[] => [...world.leases].filter((lease) => !failed.has(lease));

function lineOf(lease: Lease): string {
  const { pool, site } = holderOf(lease);
  return `\n  one of \`${pool}\`, checked out at ${site ?? 'an unknown line'}`;
}
