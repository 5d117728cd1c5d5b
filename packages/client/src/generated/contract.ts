/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: ae320eed1a9aec5110a543066eb3a8d45fc7e247abcac6169d59099a780a50ef
 */

/** Version of the contract that this code was generated from. */
export const contractVersion = '0.0.0';

/** SHA-256 of the contract that this code was generated from, hexadecimal. */
export const contractSha256 = 'ae320eed1a9aec5110a543066eb3a8d45fc7e247abcac6169d59099a780a50ef';

/** Every operation of the contract with its method and path template. */
export const operations = {
  issueToken: { method: 'POST', path: '/auth/v2/token/' },
  createSession: { method: 'POST', path: '/auth/v2/session' },
  getSessionStatus: { method: 'GET', path: '/auth/v2/session/{session_id}/status/' },
  getSessionDecision: { method: 'GET', path: '/auth/v2/session/{session_id}/decision/' },
} as const;
