import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';

const cookie = 'visitor';

/** Who a browser is, by a random text in a signed cookie that scripts and other sites cannot use. */
export interface Visitors {
  /** @returns undefined for a browser without a cookie, or with one that is not ours */
  known(c: Context): Promise<string | undefined>;
  /** As `known`; a browser without the cookie gets one. */
  remember(c: Context): Promise<string>;
}

interface VisitorsOptions {
  readonly key: BufferSource;
  /** Whether browsers come by https only. */
  readonly secure: boolean;
  /** How long a browser is remembered, in seconds. */
  readonly maxAge: number;
}

export function createVisitors({ key, secure, maxAge }: VisitorsOptions): Visitors {
  // With https, a name that browsers take from this very host alone: a neighbouring subdomain cannot plant its own.
  const prefix = secure ? 'host' : undefined;
  const visitors: Visitors = {
    async known(c) {
      const value = await getSignedCookie(c, key, cookie, prefix);
      return value ? ownerOf(value) : undefined;
    },

    async remember(c) {
      const known = await visitors.known(c);
      if (known !== undefined) return known;
      const value = randomBytes(32).toString('base64url');
      const options = { httpOnly: true, sameSite: 'Lax', secure, maxAge, path: '/' } as const;
      await setSignedCookie(c, cookie, value, key, prefix ? { ...options, prefix } : options);
      return ownerOf(value);
    },
  };
  return visitors;
}

/** What is stored: whoever reads the database does not learn the cookie. */
function ownerOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
