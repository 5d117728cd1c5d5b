import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const cookie = 'owner';

/** @returns who this browser is: a random text in a cookie, or undefined before its first session */
export function ownerOf(c: Context): string | undefined {
  const value = getCookie(c, cookie);
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** As {@link ownerOf}; a browser without the cookie gets one. */
export function rememberOwner(c: Context): string {
  const known = ownerOf(c);
  if (known !== undefined) return known;
  const owner = randomBytes(32).toString('base64url');
  const secure = new URL(c.req.url).protocol === 'https:';
  setCookie(c, cookie, owner, { httpOnly: true, sameSite: 'Lax', secure, path: '/' });
  return owner;
}
