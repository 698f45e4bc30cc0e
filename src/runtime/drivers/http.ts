import diagnostics from 'node:diagnostics_channel';
import nodeHttp from 'node:http';
import nodeHttps from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import type { Adapter } from '../adapter.ts';
import { adopt, dismiss, dismissAt } from '../adopt.ts';
import type { AdoptOptions } from '../adopt.ts';
import { NOWHERE } from '../address.ts';
import { agentLimits } from '../../drivers/limits/node-http.ts';
import { GUARD, guardOf } from '../guard.ts';
import type { Counts, Guard, Guarded, Source } from '../guard.ts';
import { isMarked, watchConstruction } from '../patched.ts';
import { isUsersOwn, originAbove } from '../stacks.ts';
import { isFirst } from '../world.ts';

/**
 * The Agents of node:http and node:https: sockets to each origin, lent to one request at a time by Node itself. Run on Node
 * 20.20.2: lib/_http_agent.js.
 */
export const http: Adapter = {
  driver: 'node:http',
  entries: { http: /^$/, https: /^$/ },
  recognizes: (exports) => isModule(exports),
  patch(exports) {
    if (!isModule(exports) || isMarked(exports)) return undefined;
    // https.Agent inherits it.
    if (!isMarked(nodeHttp.Agent.prototype)) dismissAt(nodeHttp.Agent.prototype, 'destroy');
    exports.Agent = watchConstruction(exports.Agent, noteAgent);
    syncBuiltinESMExports();
    if (isFirst('global agents')) watchGlobals();
    return undefined;
  },
  guard: (target, options) => (isAgent(target) ? adoptAgent(target, options) : undefined),
};

interface AgentModule {
  Agent: typeof nodeHttp.Agent;
}

const isModule = (exports: unknown): exports is AgentModule => exports === nodeHttp || exports === nodeHttps;

type Queues = Readonly<Record<string, readonly unknown[] | undefined>>;

interface Agent {
  readonly requests: Queues;
  readonly sockets: Queues;
  readonly freeSockets: Queues;
  readonly options: Record<string, unknown>;
  readonly keepAlive?: boolean;
  readonly maxSockets: number;
  readonly maxTotalSockets: number;
  addRequest(...parts: unknown[]): unknown;
  destroy(): void;
}

function isAgent(target: object): target is Agent {
  const { addRequest, destroy, freeSockets, requests, sockets } = target as Partial<Agent>;
  const areMethods = typeof addRequest === 'function' && typeof destroy === 'function';
  return areMethods && [freeSockets, requests, sockets].every((one) => typeof one === 'object');
}

/** Without `keepAlive` it keeps nothing, and what a library builds is not at a line that the user can change. */
function noteAgent(agent: object, trap: (...args: never[]) => unknown): void {
  if (!isAgent(agent) || agent.keepAlive !== true) return;
  const origin = originAbove(trap);
  if (isUsersOwn(origin)) adoptAgent(agent, { origin });
}

const STARTED = 'http.client.request.start';

/** Node's own ones are counted from their first request on. Nobody chose their limits, so nobody is told of them. */
function watchGlobals(): void {
  const rest = new Set([nodeHttp, nodeHttps]);
  const look = (message: unknown): void => {
    const { agent } = (message as { readonly request: { readonly agent?: object } }).request;
    for (const one of rest) {
      if (agent !== one.globalAgent) continue;
      if (!guardOf(agent)) adoptGlobal(agent as unknown as Agent);
      rest.delete(one);
    }
    if (rest.size === 0) diagnostics.unsubscribe(STARTED, look);
  };
  diagnostics.subscribe(STARTED, look);
}

function adoptGlobal(agent: Agent): void {
  adopt({ ...sourceOf(agent), limits: { options: [] } }, { name: 'globalAgent' });
}

/** @throws PoolError under `strict`, where it breaks the policy */
function adoptAgent(agent: Agent, options: AdoptOptions): Guard {
  const known = guardOf(agent);
  if (known && known.source.limits !== agentLimits) {
    // Who guards a global one chose it: now its limits count.
    dismiss(known);
    delete (agent as Guarded)[GUARD];
  }
  return adopt(sourceOf(agent), options);
}

function sourceOf(agent: Agent): Source {
  return {
    driver: 'node:http',
    kind: 'pool',
    target: agent,
    limits: agentLimits,
    options: optionsOf(agent),
    // Each origin has its own.
    address: () => NOWHERE,
    counts: () => countsOf(agent),
    end: async () => agent.destroy(),
  };
}

/** Also what was set after it was built. */
function optionsOf({ maxSockets, maxTotalSockets, options }: Agent): Record<string, unknown> {
  const set = Object.entries({ maxSockets, maxTotalSockets }).filter(([, value]) => Number.isFinite(value));
  return { ...options, ...Object.fromEntries(set) };
}

function countsOf({ freeSockets, maxSockets, maxTotalSockets, requests, sockets }: Agent): Counts {
  const idle = sum(freeSockets);
  const origins = new Set([freeSockets, requests, sockets].flatMap((queues) => Object.keys(queues))).size;
  const max = Math.min(maxTotalSockets, maxSockets * Math.max(1, origins));
  return { total: sum(sockets) + idle, idle, waiting: sum(requests), max };
}

function sum(queues: Queues): number {
  return Object.values(queues).reduce((total, one) => total + (one?.length ?? 0), 0);
}
