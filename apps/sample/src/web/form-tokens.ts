import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A form that this app has made: its id, with which a form starts one thing, however often it is sent. */
export interface CheckedForm {
  readonly id: string;
  /** Made too long ago: to be shown again, not to be acted on. */
  readonly isStale: boolean;
}

/** Ties each form to the browser that it was made for: another site, or another person, cannot send it. */
export interface FormTokens {
  issue(owner: string): string;
  /** @returns undefined for a text that is no token of this owner */
  check(token: unknown, owner: string): CheckedForm | undefined;
}

const pattern = /^([\w-]{22})\.(\d{1,16})\.([\w-]{43})$/;

/** @param lifetimeMs how long a form can be sent after it was made */
export function createFormTokens(key: Uint8Array, lifetimeMs: number, now: () => number = Date.now): FormTokens {
  const sign = (owner: string, id: string, madeAt: string) =>
    createHmac('sha256', key).update(`${owner} ${id} ${madeAt}`).digest();

  return {
    issue(owner) {
      const [id, madeAt] = [randomBytes(16).toString('base64url'), String(now())];
      return `${id}.${madeAt}.${sign(owner, id, madeAt).toString('base64url')}`;
    },

    check(token, owner) {
      const [, id, madeAt, signature] = (typeof token === 'string' && pattern.exec(token)) || [];
      if (id === undefined || madeAt === undefined || signature === undefined) return undefined;
      const given = Buffer.from(signature, 'base64url');
      if (!timingSafeEqual(given, sign(owner, id, madeAt))) return undefined;
      return { id, isStale: now() - Number(madeAt) > lifetimeMs };
    },
  };
}
