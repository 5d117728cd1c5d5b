import { randomBytes } from 'node:crypto';

/** Tokens that the mock has issued. */
export interface MockTokens {
  /** Revokes one token; the next request with it gets 401. Returns whether the token was known. */
  revoke(token: string): boolean;
  /** Revokes all tokens issued so far. */
  revokeAll(): void;
}

const tokenBytes = 32;
/** In base64url. */
export const accessTokenLength = Math.ceil((tokenBytes * 8) / 6);

/** Opaque random tokens that expire by the clock they are given. */
export class TokenStore implements MockTokens {
  readonly #expiresAt = new Map<string, number>();
  readonly #now: () => number;
  #issued = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many could be used now. */
  get active(): number {
    this.#forgetExpired(this.#now());
    return this.#expiresAt.size;
  }

  issue(lifetimeSeconds: number): string {
    const now = this.#now();
    this.#issued += 1;
    if (this.#issued % 1000 === 0) this.#forgetExpired(now);
    const token = randomBytes(tokenBytes).toString('base64url');
    this.#expiresAt.set(token, now + lifetimeSeconds * 1000);
    return token;
  }

  /** Whether it was issued, and is neither revoked nor forgotten since it has expired. */
  has(token: string): boolean {
    return this.#expiresAt.has(token);
  }

  isValid(token: string): boolean {
    const expiresAt = this.#expiresAt.get(token);
    return expiresAt !== undefined && this.#now() < expiresAt;
  }

  revoke(token: string): boolean {
    return this.#expiresAt.delete(token);
  }

  revokeAll(): void {
    this.#expiresAt.clear();
  }

  #forgetExpired(now: number): void {
    for (const [token, expiresAt] of this.#expiresAt) {
      if (expiresAt <= now) this.#expiresAt.delete(token);
    }
  }
}
