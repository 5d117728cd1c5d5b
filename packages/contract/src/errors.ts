/** The contract, or what is made from it, is not as it should be. The message names the place and the remedy. */
export class ContractError extends Error {
  override readonly name: string = 'ContractError';
}

/** The pipeline cannot work with a part of the contract. */
export class PlaceError extends ContractError {
  override readonly name = 'PlaceError';
  /** JSON pointer, for example `#/components/schemas/Email`. */
  readonly pointer: string;
  readonly problem: string;
  readonly remedy: string;

  /**
   * @param problem what is wrong, without a full stop
   * @param pointer where
   * @param remedy what to do, a sentence
   */
  constructor(problem: string, pointer: string, remedy: string) {
    super(`${pointer}: ${problem}.\n  ${remedy}`);
    this.pointer = pointer;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** The command line or the environment is not usable. The message never quotes an argument: it may be a secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
