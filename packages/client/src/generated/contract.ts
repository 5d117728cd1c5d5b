/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: 09a41389eabc917f0c3ba544be3a3c19ac55f6cc8046bf61ef58eb99580cd185
 */

/** Version of the contract that this code was generated from. */
export const contractVersion: string = '0.1.0';

/** SHA-256 of the contract that this code was generated from, hexadecimal. */
export const contractSha256 = '09a41389eabc917f0c3ba544be3a3c19ac55f6cc8046bf61ef58eb99580cd185';

/** Every operation of the contract with its method and path template. */
export const operations = {
  issueToken: { method: 'POST', path: '/auth/v2/token/' },
  createSession: { method: 'POST', path: '/auth/v2/session' },
  getSessionStatus: { method: 'GET', path: '/auth/v2/session/{session_id}/status/' },
  getSessionDecision: { method: 'GET', path: '/auth/v2/session/{session_id}/decision/' },
} as const;
