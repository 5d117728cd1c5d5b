/**
 * Where a token is shared with other processes. Values are sealed by the client before they get here: whoever reads the
 * store gets no token. A store that fails or returns rubbish does no harm: the client goes on with the token that it
 * holds in memory and tells `hooks.onToken`; for one that hangs it waits a second and then does the same.
 */
export interface TokenStore {
  /**
   * Looks an entry up.
   *
   * @returns the value, or nothing when there is none
   */
  get(key: string): Promise<string | null | undefined>;
  /** Sets the value; it must be gone after `ttlMs` milliseconds. */
  set(key: string, value: string, ttlMs: number): Promise<unknown>;
  /** Deletes the entry if it still holds `value`, in one step: a newer value stays. */
  delete(key: string, value: string): Promise<unknown>;
  /**
   * Takes a lock that ends by itself after `ttlMs` milliseconds, so that a whole fleet makes one token request.
   *
   * @returns a function that gives the lock back, or nothing when another holds it
   */
  lock?(key: string, ttlMs: number): Promise<(() => Promise<unknown>) | null | undefined>;
}
