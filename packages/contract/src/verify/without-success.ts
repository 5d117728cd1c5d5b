import type { LocatedOperation } from '../document/document.ts';
import type { ReplayedRequest, UnseenOperation } from './report.ts';
import type { Target } from './target.ts';

const noProbe = 'there is no probe for it';
const notForGiven = 'did not succeed for the session given';

/** Whether `probes.ts` has no request for an operation. */
export function lacksProbe({ why }: UnseenOperation): boolean {
  return why === noProbe;
}

/** The operations that no request succeeded for, each with the reason. */
export function operationsWithoutSuccess(
  operations: readonly LocatedOperation[],
  replayed: readonly ReplayedRequest[],
  { write, session, credentials }: Target,
): UnseenOperation[] {
  const succeeded = (id: string) => replayed.some(({ operation, status }) => operation === id && status < 300);
  const reasons: Readonly<Record<string, string>> = {
    issueToken: 'apiKey' in credentials ? 'needs DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET' : 'no token came',
    createSession: write ? 'no session came' : 'needs --write, as it creates a session',
    getSessionStatus: session?.token
      ? notForGiven
      : write
        ? 'no session and token came'
        : 'needs --session and --session-token',
    getSessionDecision: session ? notForGiven : write ? 'no session came' : 'needs --session',
  };
  return operations
    .filter(({ id }) => !succeeded(id))
    .map(({ id }) => ({ operation: id, why: reasons[id] ?? noProbe }));
}
