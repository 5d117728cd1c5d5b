import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

export type Seal = ReturnType<typeof createSeal>;

/** Encrypts values for the database, each for one column of one row. */
export function createSeal(key: Uint8Array) {
  return {
    /** @param column which column of which row the bytes are for: in another one they do not open */
    close(value: unknown, column: string): Uint8Array {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(column));
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },

    /** @returns the value, or undefined for bytes that were changed, moved, or encrypted with another key */
    open(sealed: Uint8Array, column: string): unknown {
      const bytes = Buffer.from(sealed);
      const [iv, tag] = [bytes.subarray(0, ivLength), bytes.subarray(ivLength, ivLength + tagLength)];
      try {
        const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength });
        decipher.setAAD(Buffer.from(column)).setAuthTag(tag);
        const body = Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]);
        return JSON.parse(body.toString('utf8'));
      } catch {
        return undefined;
      }
    },
  };
}
