import type { ClientCredentials } from './client-credentials.ts';

/** Encrypts values for a store that others can read. */
export interface Seal {
  /** The entry's key: a hash, which reveals neither the client nor its secret. */
  key(): Promise<string>;
  seal(text: string): Promise<string>;
  /** @throws when the value was not sealed with the same secret, or was changed */
  open(sealed: string): Promise<string>;
}

const utf8 = new TextEncoder();
const version = 'didit-data/token/1';

/**
 * AES-256-GCM under a key that HKDF-SHA-256 derives from the client secret. The entry's key is bound to the value, so
 * that a value moved to another entry does not open.
 */
export function createSeal(baseUrl: string, { clientId, clientSecret }: ClientCredentials): Seal {
  const info = utf8.encode(`${version}\n${baseUrl}\n${clientId}`);
  const once = <T>(make: () => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => {
      made ??= make();
      return made;
    };
  };

  const entryKey = once(
    async () => `didit-data:token:${hex(await crypto.subtle.digest('SHA-256', info)).slice(0, 32)}`,
  );
  const cipherKey = once(async () => {
    const secret = await crypto.subtle.importKey('raw', utf8.encode(clientSecret), 'HKDF', false, ['deriveKey']);
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: utf8.encode(version), info };
    return crypto.subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  });
  const cipher = async (iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: utf8.encode(await entryKey()),
  });

  return {
    key: entryKey,
    async seal(text) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(await cipher(iv), await cipherKey(), utf8.encode(text));
      return `1.${base64(iv)}.${base64(new Uint8Array(sealed))}`;
    },
    async open(sealed) {
      const [format, iv = '', data = ''] = sealed.split('.');
      if (format !== '1') throw new Error('unknown format');
      const opened = await crypto.subtle.decrypt(await cipher(bytes(iv)), await cipherKey(), bytes(data));
      return new TextDecoder().decode(opened);
    },
  };
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64(data: Uint8Array): string {
  return btoa(String.fromCharCode(...data));
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
