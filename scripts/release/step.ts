/** A step of a rehearsal that did not work. */
class RehearsalError extends Error {
  override readonly name = 'RehearsalError';

  /**
   * @param step what was being done, to which package or folder
   * @param remedy what to do about it
   * @param cause why it did not work; its message is part of this one's
   */
  constructor(step: string, remedy: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${step}: failed.\n${reason}\nWhat to do: ${remedy}`, { cause });
  }
}

/**
 * Does one step of a rehearsal and prints how long it took.
 *
 * @param name what is done, to which package or folder
 * @param remedy what to do when it does not work
 * @throws RehearsalError when it does not work
 */
export async function step<T>(name: string, remedy: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await work().catch((error: unknown) => {
    throw error instanceof RehearsalError ? error : new RehearsalError(name, remedy, error);
  });
  console.log(`  ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  return result;
}
