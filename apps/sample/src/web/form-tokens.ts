import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A form that this app has made. A form starts one thing, however often it is sent. */
export interface CheckedForm {
  readonly id: string;
  /** The form is too old: show it again, and do not act on it. */
  readonly isStale: boolean;
}

const pattern = /^([\w-]{22})\.(\d{1,16})\.([\w-]{43})$/;

export type FormTokens = ReturnType<typeof createFormTokens>;

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
