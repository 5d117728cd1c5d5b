import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/** Turns values into bytes that say nothing without the key, and back. */
export interface Seal {
  /** @param place where the bytes will be: moved elsewhere, they no longer open */
  close(value: unknown, place: string): Uint8Array;
  /** @returns the value, or undefined for bytes that were changed, moved, or sealed with another key */
  open(sealed: Uint8Array, place: string): unknown;
}

export function createSeal(key: Uint8Array): Seal {
  return {
    close(value, place) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },

    open(sealed, place) {
      const bytes = Buffer.from(sealed);
      const [iv, tag] = [bytes.subarray(0, ivLength), bytes.subarray(ivLength, ivLength + tagLength)];
      try {
        const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength });
        decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
        const body = Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]);
        return JSON.parse(body.toString('utf8'));
      } catch {
        return undefined;
      }
    },
  };
}
