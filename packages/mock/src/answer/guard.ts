import type { Operation } from '../contract/load.ts';
import { type Answer, refuse } from '../http/message.ts';
import type { Violation } from '../prism/engine.ts';
import type { MockClient } from '../service/clients.ts';
import { fieldErrors } from './field-errors.ts';
import { authenticateClient, checkTokenForm, oauthError } from './oauth.ts';
import { behaviourName, type Call } from './operations.ts';
import { createSecurity, type Issuer } from './security.ts';

/** Decides which calls an operation answers. */
export interface Guard {
  /** Checks the credentials. Returns the client that the call authenticates as, or the refusal. */
  admit(call: Call): Answer | { readonly client?: MockClient };
  /** The refusal of a call that violates the contract. */
  check(call: Call, violations: readonly Violation[]): Answer | undefined;
  /** The statuses with which `admit` refuses. */
  readonly statuses: readonly number[];
}

const sessionToken = 'data-session-token';

/**
 * Makes the guard of an operation. The token operation has its own; the others are guarded by the `security` of the
 * contract.
 *
 * @param issuer of the credentials; `undefined` for a contract of another API
 */
export function createGuard(operation: Operation, issuer: Issuer | undefined): Guard {
  return issuer && behaviourName(operation) === 'issueToken'
    ? guardToken(issuer.clients)
    : guardResource(operation, issuer);
}

function formOf({ body }: Call): URLSearchParams {
  return new URLSearchParams(typeof body.value === 'string' ? body.value : '');
}

function guardToken(clients: readonly MockClient[]): Guard {
  return {
    admit: (call) => {
      const client = authenticateClient(call.request.headers.authorization, formOf(call), clients);
      return 'status' in client ? client : { client };
    },
    check: (call, violations) => {
      const { body } = call;
      if (body.value !== undefined && body.mediaType !== 'application/x-www-form-urlencoded') {
        return oauthError(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.');
      }
      const refusal = checkTokenForm(formOf(call));
      if (refusal) return refusal;
      const [violation] = violations;
      return violation && oauthError(400, 'invalid_request', violation.message);
    },
    statuses: [401],
  };
}

function guardResource(operation: Operation, issuer: Issuer | undefined): Guard {
  const security = createSecurity(operation, issuer);
  const headers = operation.request?.headers ?? [];
  const withSessionToken = issuer !== undefined && headers.some(({ name }) => name.toLowerCase() === sessionToken);
  return {
    admit: (call) => {
      const refusal = security.check(call);
      if (refusal) return refusal;
      if (!withSessionToken || call.request.headers[sessionToken]) return {};
      return refuse(403, 'The header Data-Session-Token was not provided.');
    },
    check: ({ body }, violations) => {
      if (body.malformed !== undefined) return refuse(400, body.malformed);
      return violations.length > 0 ? fieldErrors(violations) : undefined;
    },
    statuses: withSessionToken ? [...new Set([...security.statuses, 403])] : security.statuses,
  };
}
