/** The contract, or what is made from it, is not as it should be. The message names the place and the remedy. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}
