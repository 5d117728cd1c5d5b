/** `verify` cannot do what it was asked for. The message says of what operation, if of one, and what to do. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
}
