/** A token and when it ends. */
export interface AccessToken {
  /** Opaque: never decoded, never logged. */
  readonly token: string;
  /** When it expires, in ms since the epoch by the service's clock. */
  readonly expiresAt: number;
}

/** An access token as the cache and the store keep it. */
export interface IssuedToken extends AccessToken {
  /** How long it lives in all, in milliseconds: both windows are measured by it. */
  readonly lifetimeMs: number;
}

/** A new token, and how far the service's clock is ahead of this machine's. */
export interface Issued {
  readonly token: IssuedToken;
  readonly clockOffsetMs: number;
}
