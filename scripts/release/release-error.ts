/** Why a state of the repository cannot be released, and what to do. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}
