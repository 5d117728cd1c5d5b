import { randomBytes } from 'node:crypto';

/** Tokens that the mock has issued. */
export interface MockTokens {
  /** Revokes one token; the next request with it gets 401. Returns whether the token was known. */
  revoke(token: string): boolean;
  /** Revokes all tokens issued so far. */
  revokeAll(): void;
}

/** All tokens of a kind begin with it, so that they are found wherever they were written, also after their end. */
const prefix = 'mocktoken-';
const randomLength = 33;

/** Matches any access token that a mock has issued, in the syntax of `RegExp`. */
export const accessTokenPattern = `${prefix}[\\w-]{${randomLength}}`;

/** So many valid tokens are kept at most. One more, and the oldest is forgotten, as if it had been revoked. */
const tokenLimit = 10_000;

/** How many tokens are issued between two searches for expired ones. */
const searchEvery = 1_000;

/** Random tokens that expire by the clock they are given. */
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
    if (this.#issued % searchEvery === 0) this.#forgetExpired(now);
    if (this.#expiresAt.size >= tokenLimit) this.#forgetOldest();
    const token = prefix + randomBytes(randomLength).toString('base64url').slice(0, randomLength);
    this.#expiresAt.set(token, now + lifetimeSeconds * 1000);
    return token;
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

  #forgetOldest(): void {
    for (const token of this.#expiresAt.keys()) {
      this.#expiresAt.delete(token);
      return;
    }
  }
}
