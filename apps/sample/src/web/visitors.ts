import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { Core } from '../flow/core.ts';

/** What the pages for people and for operators share. */
export interface Site extends Core {
  readonly visitors: ReturnType<typeof createVisitors>;
  readonly forms: ReturnType<typeof createFormTokens>;
}

const cookie = 'visitor';

interface VisitorsOptions {
  readonly key: BufferSource;
  /** Whether browsers use https only. */
  readonly secure: boolean;
  /** How long a browser is remembered, in seconds. */
  readonly maxAge: number;
}

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

/** A form that this app has made. A form starts one thing, however often it is sent. */
export interface CheckedForm {
  readonly id: string;
  /** The form is too old: show it again, and do not act on it. */
  readonly isStale: boolean;
}

const pattern = /^([\w-]{22})\.(\d{1,16})\.([\w-]{43})$/;

/**
 * Binds each form to the browser that it was made for: another site, or another person, cannot send it.
 *
 * @param lifetimeMs how long a form can be sent after it was made
 */
export function createFormTokens(key: Uint8Array, lifetimeMs: number, now: () => number) {
  const sign = (owner: string, id: string, madeAt: string) =>
    createHmac('sha256', key).update(`${owner} ${id} ${madeAt}`).digest();

  return {
    issue(owner: string): string {
      const [id, madeAt] = [randomBytes(16).toString('base64url'), String(now())];
      return `${id}.${madeAt}.${sign(owner, id, madeAt).toString('base64url')}`;
    },

    /** @returns undefined for a text that is not a token of this owner */
    check(token: unknown, owner: string): CheckedForm | undefined {
      const [, id = '', madeAt = '', signature = ''] = pattern.exec(String(token)) ?? [];
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(owner, id, madeAt);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return { id, isStale: now() - Number(madeAt) > lifetimeMs };
    },
  };
}

/** The database contains this hash: it does not reveal the cookie. */
function ownerOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
