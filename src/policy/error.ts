/** A policy that is wrong. The message is one sentence for the person who wrote it. */
export class PolicyError extends Error {
  readonly code = 'ERR_POOL_POLICY';
  override readonly name = 'PolicyError';
}
