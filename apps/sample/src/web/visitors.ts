import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';

const cookie = 'visitor';

interface VisitorsOptions {
  readonly key: BufferSource;
  /** Whether browsers use https only. */
  readonly secure: boolean;
  /** How long a browser is remembered, in seconds. */
  readonly maxAge: number;
}

export type Visitors = ReturnType<typeof createVisitors>;

/** Recognises browsers by a random text in a signed cookie, which scripts and other sites cannot use. */
export function createVisitors({ key, secure, maxAge }: VisitorsOptions) {
  // With https, a name that browsers accept from this host alone: a neighbouring subdomain cannot set it.
  const prefix = secure ? 'host' : undefined;

  /** @returns undefined for a browser without a cookie, or with one that this app has not signed */
  async function known(c: Context): Promise<string | undefined> {
    const value = await getSignedCookie(c, key, cookie, prefix);
    return value ? ownerOf(value) : undefined;
  }

  /** As `known`, but sets the cookie in a browser without one. */
  async function remember(c: Context): Promise<string> {
    const owner = await known(c);
    if (owner !== undefined) return owner;
    const value = randomBytes(32).toString('base64url');
    const options = { httpOnly: true, sameSite: 'Lax', secure, maxAge, path: '/' } as const;
    await setSignedCookie(c, cookie, value, key, prefix ? { ...options, prefix } : options);
    return ownerOf(value);
  }
  return { known, remember };
}

/** The database contains this hash: it does not reveal the cookie. */
function ownerOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
