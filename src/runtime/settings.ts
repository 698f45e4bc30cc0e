import path from 'node:path';
import { alternatives, show } from '../policy/check.ts';
import { PolicyError } from '../policy/error.ts';
import { findPolicyFile, loadPolicy } from '../policy/load.ts';
import { withMode } from '../policy/mode.ts';
import type { Policy } from '../policy/policy.ts';
import type { Log } from './report.ts';

/** What the process was told: the policy file and the environment, read once. */
export interface Settings {
  readonly policy: Policy;
  /** The policy's file. */
  readonly file: string | undefined;
  readonly log: Log;
  /** What is wrong with them; they are then as if nothing was stated. */
  readonly mistake: PolicyError | undefined;
}

const LOGS: readonly Log[] = ['human', 'json', 'off'];

/**
 * `POOL_POLICY` or the nearest `pool-policy.json`; `POOL_MODE`; `POOL_LOG`. A mistake in them is no reason to take the
 * application down, unless `POOL_MODE` is `strict`.
 * @throws PolicyError under `POOL_MODE=strict`
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  try {
    const log = logOf(env['POOL_LOG']);
    const policy = withMode(loadPolicy(), env['POOL_MODE']);
    return { policy, file: findPolicyFile(), log, mistake: undefined };
  } catch (error) {
    if (env['POOL_MODE'] === 'strict' || !(error instanceof PolicyError)) throw error;
    return { policy: {}, file: undefined, log: 'human', mistake: error };
  }
}

function logOf(word: string | undefined): Log {
  if (word === undefined || word === '') return 'human';
  const log = LOGS.find((one) => one === word);
  if (!log) throw new PolicyError(`POOL_LOG must be ${alternatives(LOGS)}, not ${show(word)}.`);
  return log;
}

/** The one line that a process prints when it starts to guard. */
export function startLine({ file, mistake, policy }: Settings): string {
  const mode = policy.runtime?.mode ?? 'observe';
  if (mistake) return `pools are guarded (observe), without a policy: ${mistake.message}`;
  if (file === undefined) return `pools are guarded (${mode}); there is no pool-policy.json, so nothing is clamped.`;
  return `pools are guarded (${mode}) by ${path.relative(process.cwd(), file) || file}.`;
}
