/** An option of `startMock` is missing, malformed or contradicts another. Thrown before anything is started. */
export class MockOptionsError extends Error {
  override readonly name = 'MockOptionsError';
}

/** The contract cannot be read, is not OpenAPI, or describes no operation. */
export class MockContractError extends Error {
  override readonly name = 'MockContractError';
}

/**
 * The mock has made an answer that its contract does not allow. This is a bug of the mock, or the contract was given
 * with the option `contract` and asks for more than the mock knows. The caller cannot cause it. Over HTTP it is a 500.
 */
export class ContractViolationError extends Error {
  override readonly name = 'ContractViolationError';

  constructor(operation: string, status: number, violations: readonly string[]) {
    super(`${operation} answered ${status}, which the contract does not allow: ${violations.join('; ')}.`);
  }
}

/** @throws {MockOptionsError} with the message, when the condition does not hold */
export function checkOption(condition: boolean, message: string): void {
  if (!condition) throw new MockOptionsError(message);
}
