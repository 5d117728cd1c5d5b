import { hkdfSync } from 'node:crypto';

/** One key for each use, so that none can be turned against another. */
export interface Keys {
  readonly cookies: Uint8Array<ArrayBuffer>;
  readonly forms: Uint8Array<ArrayBuffer>;
  readonly storage: Uint8Array<ArrayBuffer>;
}

/** The same secret gives the same keys, so that a restart locks nobody out. */
export function deriveKeys(secret: string): Keys {
  const derive = (use: string) => new Uint8Array(hkdfSync('sha256', secret, '', `sample shop: ${use}`, 32));
  return { cookies: derive('cookies'), forms: derive('forms'), storage: derive('storage') };
}
