/** One command of `pnpm contract`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Its options as the list of commands shows them, for example `[--check]`. */
  readonly options?: string;
  /**
   * @param args what follows the command's name
   * @returns what to print
   * @throws {ContractError} what is wrong, where, and what to do
   * @throws {UsageError} when the arguments are not those of the command
   */
  run(args: readonly string[]): Promise<string>;
}

/** The command line is not one that the command knows. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Refuses every argument, for a command that has none. */
export function expectNoArguments(args: readonly string[]): void {
  if (args.length > 0) throw new UsageError(`unexpected: ${args.join(' ')}`);
}
