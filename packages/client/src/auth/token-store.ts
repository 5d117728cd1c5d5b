/**
 * Where processes share a token. The client encrypts the values: reading the store reveals no token. When the store
 * fails, returns invalid data or does not answer within a second, the client reports it to `hooks.onToken` and continues
 * with the token in memory.
 */
export interface TokenStore {
  /**
   * Looks an entry up.
   *
   * @returns the value, or nothing when there is none
   */
  get(key: string): Promise<string | null | undefined>;
  /** Sets the value, which must expire after `ttlMs` milliseconds. */
  set(key: string, value: string, ttlMs: number): Promise<unknown>;
  /** Deletes the entry if it still holds `value`, in one step: a newer value stays. */
  delete(key: string, value: string): Promise<unknown>;
  /**
   * Takes a lock that expires after `ttlMs` milliseconds, so that a whole fleet makes one token request.
   *
   * @returns a function that releases the lock, or nothing when another process holds it
   */
  lock?(key: string, ttlMs: number): Promise<(() => Promise<unknown>) | null | undefined>;
}
