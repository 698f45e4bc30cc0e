/**
 * Runs something and returns the rejections that nobody handled meanwhile, in place of ending the process. The cases
 * are full of them on purpose.
 */
export async function ignoreUnhandled(action: () => Promise<void>): Promise<unknown[]> {
  const found: unknown[] = [];
  const record = (reason: unknown): void => void found.push(reason);
  const others = process.rawListeners('unhandledRejection') as NodeJS.UnhandledRejectionListener[];
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', record);
  try {
    await action();
  } finally {
    process.removeListener('unhandledRejection', record);
    for (const other of others) process.on('unhandledRejection', other);
  }
  return found;
}
