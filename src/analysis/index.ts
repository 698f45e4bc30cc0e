import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { holderOf } from '../ast/functions.ts';
import { readSettings } from '../settings.ts';
import type { Policy, PoolSetting, PoolSettings, SharedPool } from '../settings.ts';
import { collectAcquisitions } from './acquisitions.ts';
import type { Acquisition } from './acquisitions.ts';
import { runsInBrowser } from './browsers.ts';
import type { Place } from './browsers.ts';
import { calleeText, follow } from './checkouts.ts';
import { followField } from './fields.ts';
import { collectCreations } from './building/creations.ts';
import { interpret } from './interpret.ts';
import type { Interpretation, World } from './interpret.ts';
import { driverImports } from './building/driver-imports.ts';
import { isExempt, isPerRequestRuntime } from './building/exempt.ts';
import { collectMakers, ownsSomething } from './building/makers.ts';
import { collectConfigurations } from './options/configurations.ts';
import type { SlotFile } from './requests/slots.ts';
import { mayHold } from './gate.ts';
import type { Ladder } from './kinds.ts';
import { runsLater } from './building/later.ts';
import { driverNamed, known } from './known.ts';
import type { Known } from './known.ts';
import { matchesModule } from './modules.ts';
import type { Checkout, Configuration, Creation, Holder, PoolTransaction, Verdict } from './model.ts';
import { collectPoolTransactions } from './pool-transactions.ts';
import { isScript, runsServer } from './scripts.ts';
import { typeOracle } from './types.ts';
import { judge } from './verdict.ts';

export type * from './model.ts';
export { distinct, locate } from './options/located.ts';

/**
 * The only door to the analysis: the facts of one file, built when first asked for and shared by all rules.
 */
export interface FileFacts {
  /** Every followed checkout of the file with what is wrong with it. */
  readonly verdicts: readonly Verdict[];
  /** Transaction statements sent through a pool. */
  readonly poolTransactions: readonly PoolTransaction[];
  /** Pools and connections that the file builds. */
  readonly creations: readonly Creation[];
  /** Pools and clients with limits, as they are set up. */
  readonly configurations: readonly Configuration[];
  /** The file is run once and ends: a script, a test. */
  readonly ends: boolean;
  /** It runs a server, whose requests share what is built. */
  readonly serves: boolean;
  /** What is allowed; empty where the user states nothing. */
  readonly policy: Policy;
  /** The user's pool, for repairs. */
  readonly sharedPool: SharedPool | undefined;
  /** Repairs that move construction are suggestions. */
  readonly structural: boolean;
  /** Nodes run by the interpreter: the measure of the cost. */
  readonly steps: number;
}

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

const facts = new WeakMap<object, { settings: unknown; facts: FileFacts }>();
const NOTHING: FileFacts = {
  verdicts: [],
  poolTransactions: [],
  creations: [],
  configurations: [],
  ends: false,
  serves: false,
  policy: {},
  sharedPool: undefined,
  structural: false,
  steps: 0,
};

export function fileFacts({ sourceCode, settings, filename, cwd }: Context): FileFacts {
  const own = (settings as { pool?: unknown }).pool;
  const remembered = facts.get(sourceCode);
  if (remembered && remembered.settings === own) return remembered.facts;
  // Folders above the project say nothing about the file.
  const path = filename.startsWith(cwd) ? filename.slice(cwd.length) : filename;
  const found = collect(sourceCode, settings, { path, filename, cwd });
  facts.set(sourceCode, { settings: own, facts: found });
  return found;
}

interface Location extends Place {
  /** From the top of the project. */
  readonly path: string;
}

function collect(sourceCode: Readonly<TSESLint.SourceCode>, settings: unknown, location: Location): FileFacts {
  const own = readSettings(settings);
  own.pools?.forEach(kindNamed);
  // Other languages (JSON, Markdown) have no scopes: there is nothing to follow.
  if (!sourceCode.scopeManager) return NOTHING;
  const isHolder = mayHold(sourceCode.text, own);
  const imports = driverImports(sourceCode);
  if (!isHolder && imports.length === 0) return NOTHING;
  const ladder = ladderOf(sourceCode, own, location.path);
  const poolTransactions = isHolder ? collectPoolTransactions(ladder) : [];
  const ends = isScript(sourceCode, location.path);
  const results = isHolder ? examineAll(ladder, own, ends) : [];
  const verdicts = results.map((one) => one.verdict);
  verdicts.sort((a, b) => a.checkout.site.range[0] - b.checkout.site.range[0]);
  const steps = results.reduce((sum, one) => sum + one.steps, 0);
  const { sharedPool, policy = {} } = own;
  const structural = own.fixes === 'structural';
  const built = build(ladder, { imports, verdicts, ends }, own, location);
  const serves = built.configurations.length > 0 && runsServer(sourceCode);
  return { verdicts, poolTransactions, ...built, ends, serves, sharedPool, policy, structural, steps };
}

interface Reading {
  /** Where drivers are imported. */
  readonly imports: readonly TSESTree.Node[];
  readonly verdicts: readonly Verdict[];
  readonly ends: boolean;
}

/**
 * What the file builds. Runtimes whose connections end with the request, and databases without connections, have nothing
 * that matters; what a script builds ends with the process, so only its options are looked at.
 */
function build(
  ladder: Ladder,
  { imports, verdicts, ends }: Reading,
  { handlers = [] }: PoolSettings,
  location: Location,
): Pick<FileFacts, 'configurations' | 'creations'> {
  const { sourceCode } = ladder;
  const file: SlotFile = { sourceCode, path: location.path.replaceAll('\\', '/').replace(/^\/+/, ''), handlers };
  const made = collectMakers(ladder, imports).filter((one) => !isExempt(sourceCode, one));
  if (made.length === 0 || isPerRequestRuntime(file)) return { configurations: [], creations: [] };
  const creations = ends ? [] : collectCreations({ ladder, file, made, verdicts });
  // Asked only where the answer matters: it may read the disk.
  const isAlone = !made.every(ownsSomething) && runsInBrowser(sourceCode, location);
  const here = isAlone ? made.filter(ownsSomething) : made;
  return { configurations: collectConfigurations(sourceCode, here, creations), creations };
}

/** Every connection of the file that must come back, followed. A script's own end with the process. */
function examineAll(ladder: Ladder, own: PoolSettings, ends: boolean): Result[] {
  const { sourceCode } = ladder;
  const givesBack = (name: string): boolean => own.release?.includes(name) === true;
  const world: World = { sourceCode, givesBack, summaries: new Map(), prepared: new Map(), nesting: 0 };
  const followed = collectAcquisitions(ladder, own).filter((one) => !(ends && one.lease.dedicated));
  return followed.flatMap((one) => examine(world, one));
}

function ladderOf(sourceCode: Readonly<TSESLint.SourceCode>, { pools = [] }: PoolSettings, filename: string): Ladder {
  const named: Ladder['named'] = ({ module, name }) => {
    const setting = pools.find((one) => one.export === name && matchesModule(one.module, module, filename));
    return setting && kindNamed(setting);
  };
  return { sourceCode, named, typed: typeOracle(sourceCode), answers: new Map() };
}

/** @throws Error when no driver has this name, or the driver no such kind. */
function kindNamed({ driver: name, kind = 'pool' }: PoolSetting): Known {
  const driver = driverNamed(name);
  if (!driver)
    throw new Error(
      `settings.pool.pools names the driver "${name}", which is unknown. See docs/drivers.md for their names.`,
    );
  const found = known(driver, kind);
  if (found) return found;
  throw new Error(
    `settings.pool.pools names the kind "${kind}" of ${name}. Known kinds: ${Object.keys(driver.kinds).join(', ')}.`,
  );
}

interface Result {
  readonly verdict: Verdict;
  readonly steps: number;
}

function examine(world: World, acquisition: Acquisition): Result[] {
  if (acquisition.binding.form === 'unnamed' || (acquisition.binding.form === 'chained' && !acquisition.binding.name)) {
    return unnamed(world, acquisition);
  }
  const field = followField(world.sourceCode, acquisition);
  if (field) return examineField(world, acquisition, field);
  const found = follow(world.sourceCode, acquisition);
  if (!found) return [];
  const result = interpret(world, found.tracked);
  // What is ended nowhere, or by a hook, is meant to live on: a factory, a plugin, a module's own client.
  const isEnded = result.releases.some((one) => !runsLater(world.sourceCode, one, acquisition.site, found.name));
  if (acquisition.lease.dedicated && !isEnded) return [];
  const { variable, done } = found;
  const checkout = { ...describe(world, acquisition, found.name, result), variable, done };
  return [{ verdict: judge(checkout, found.tracked, result), steps: result.steps }];
}

function examineField(
  world: World,
  acquisition: Acquisition,
  field: NonNullable<ReturnType<typeof followField>>,
): Result[] {
  const results = field.tracked.map((tracked) => {
    const result = interpret(world, tracked);
    return { verdict: judge(describe(world, acquisition, field.name, result), tracked, result), steps: result.steps };
  });
  return results.length > 0 ? [results.reduce(merge)] : [];
}

/** A field is one checkout, however many methods end it. */
function merge({ verdict, steps }: Result, other: Result): Result {
  const both = <K extends 'lateUses' | 'leaks' | 'secondReleases' | 'unawaitedReturns'>(key: K): Verdict[K] =>
    [...verdict[key], ...other.verdict[key]] as unknown as Verdict[K];
  const merged = {
    leaks: both('leaks'),
    secondReleases: both('secondReleases'),
    lateUses: both('lateUses'),
    unawaitedReturns: both('unawaitedReturns'),
  };
  return { verdict: { checkout: verdict.checkout, ...merged }, steps: steps + other.steps };
}

/** Nobody can give back what has no name. Only where the receiver is proven: others may hand out something else. */
function unnamed(world: World, acquisition: Acquisition): Result[] {
  if (acquisition.certainty !== 'proven' || acquisition.lease.dedicated || acquisition.lease.holdsFrom) return [];
  const { site } = acquisition;
  const checkout = describe(world, acquisition, calleeText(world.sourceCode, site), { releases: [], handedOn: false });
  const leak = { reason: 'never' as const, witness: site as TSESTree.Node };
  return [{ verdict: { checkout, leaks: [leak], secondReleases: [], lateUses: [], unawaitedReturns: [] }, steps: 0 }];
}

function describe(
  world: World,
  acquisition: Acquisition,
  name: string,
  result: Pick<Interpretation, 'handedOn' | 'releases'>,
): Checkout {
  const { driver, lease, certainty, site, binding, method } = acquisition;
  return {
    driver,
    lease,
    certainty,
    site,
    name,
    form: binding.form === 'returned' ? 'unnamed' : binding.form,
    source: calleeText(world.sourceCode, site),
    variable: undefined,
    holder: holderOf(site) as Holder,
    callback: binding.form === 'callback' ? method.callback : undefined,
    done: undefined,
    handedOn: result.handedOn,
    releases: result.releases.filter((node) => node.type === 'CallExpression'),
  };
}
