import path from 'node:path';
import { findNearest, readText } from '../files/nearest.ts';
import { checkPolicy } from './check.ts';
import { PolicyError } from './error.ts';
import type { Policy } from './policy.ts';

/** The one file of the policy that reads others. Like the search, it keeps nothing. */

const NAME = 'pool-policy.json';

export interface LoadOptions {
  /** Where the search begins, and what relative paths start from; the working directory when left out. */
  readonly cwd?: string;
  /** This file, whatever `POOL_POLICY` says. */
  readonly file?: string;
}

/**
 * The policy of `file`, else of the file that `POOL_POLICY` names, else of the nearest `pool-policy.json` in `cwd` or
 * above it. Without any, an empty policy, which states nothing.
 * @throws PolicyError when the named file is not there, is no JSON, or is no policy.
 */
export function loadPolicy(options: LoadOptions = {}): Policy {
  const file = findPolicyFile(options);
  return file === undefined ? {} : readPolicyFile(file);
}

/** The path of the file that `loadPolicy` reads. */
export function findPolicyFile({ cwd = process.cwd(), file }: LoadOptions = {}): string | undefined {
  const named = file ?? process.env['POOL_POLICY'];
  if (named !== undefined && named !== '') return path.resolve(cwd, named);
  return findNearest(cwd, NAME);
}

export function readPolicyFile(file: string): Policy {
  return checkPolicy(parse(readPolicyText(file), file), { root: file, before: `${file}: ` });
}

function readPolicyText(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PolicyError(`${file} should be a policy and cannot be read (${code}).`, { cause: error });
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 quotes the text, line breaks included.
    const reason = (error as Error).message.replace(/\s+/g, ' ');
    throw new PolicyError(`${file} is not JSON (comments count as mistakes): ${reason}.`, { cause: error });
  }
}
