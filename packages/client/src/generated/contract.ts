/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: ee89e858f99414907adcfc99ea1e4a5d387d03b5fc6fd6746f2487bd21814efb
 */

/** Version of the contract that this code was generated from. */
export const contractVersion: string = '0.0.0';

/** SHA-256 of the contract that this code was generated from, hexadecimal. */
export const contractSha256 = 'ee89e858f99414907adcfc99ea1e4a5d387d03b5fc6fd6746f2487bd21814efb';

/** Every operation of the contract with its method and path template. */
export const operations = {
  issueToken: { method: 'POST', path: '/auth/v2/token/' },
  createSession: { method: 'POST', path: '/auth/v2/session' },
  getSessionStatus: { method: 'GET', path: '/auth/v2/session/{session_id}/status/' },
  getSessionDecision: { method: 'GET', path: '/auth/v2/session/{session_id}/decision/' },
} as const;
