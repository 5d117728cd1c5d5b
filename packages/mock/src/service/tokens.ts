import { randomBytes } from 'node:crypto';

/** Tokens that the mock has issued. */
export interface MockTokens {
  /**
   * Revokes one token; the next request with it gets 401.
   *
   * @returns whether the token was known
   */
  revoke(token: string): boolean;
  /** Revokes all tokens issued so far. */
  revokeAll(): void;
}

/** All access tokens begin with it, so that the journal can find and redact them, also after they expired. */
const prefix = 'mocktoken-';
const randomLength = 33;

/** Source of a `RegExp` that matches every access token of a mock. */
export const accessTokenPattern = `${prefix}[\\w-]{${randomLength}}`;

/** How many valid tokens are kept. Beyond it, the oldest is forgotten, as if it had been revoked. */
const tokenLimit = 10_000;

/** How many tokens are issued between two searches for expired ones. */
const searchEvery = 1_000;

/** Issues random tokens. They expire by the mock's clock. */
export class TokenStore implements MockTokens {
  readonly #expiresAt = new Map<string, number>();
  readonly #now: () => number;
  #issued = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many tokens are valid now. */
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
    this.#expiresAt.set(token, now + lifetimeSeconds * 1_000);
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
    const [oldest = ''] = this.#expiresAt.keys();
    this.#expiresAt.delete(oldest);
  }
}
