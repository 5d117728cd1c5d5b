import { type LocatedOperation, operationsIn } from '../document/document.ts';
import type { OpenApiContract } from '../document/load-openapi.ts';
import { createResponseCheck, isAmong, isInconclusive } from './check-response.ts';
import type { Deviation, ResponseFacts } from './deviation.ts';
import {
  absentSessionProbes,
  apiKey,
  bearer,
  createSessionProbes,
  type Probe,
  refusedTokenProbes,
  sessionProbes,
  tokenProbe,
} from './probes.ts';
import { counted, type VerifyReport } from './report.ts';
import { send } from './send.ts';
import { isPathSegment, type KnownSession, type Target } from './target.ts';
import { VerifyError } from './verify-error.ts';

/**
 * Replays every operation of a contract against a server: as it is meant, with wrong credentials and for a session that
 * is not there. Creates a session only with `write`. An answer that never comes ends the run, and the report says so.
 */
export async function verify({ document, locate }: OpenApiContract, target: Target): Promise<VerifyReport> {
  const operations = new Map(operationsIn(document).map((operation) => [operation.id, operation]));
  const check = createResponseCheck(document, locate);
  const replayed: VerifyReport['replayed'][number][] = [];
  const deviations: Deviation[] = [];
  const notes: Deviation[] = [];
  const failures: string[] = [];

  const replay = async (probe: Probe): Promise<ResponseFacts | undefined> => {
    const operation = operations.get(probe.operation);
    if (!operation) return undefined;
    const facts = await send(target, operation, probe.parts);
    const { status } = facts;
    const failure = failureOf(probe, status);
    if (failure !== undefined) failures.push(failure);
    const request = { title: probe.title, ...(failure === undefined && { expected: probe.expected }) };
    const found = check(operation, request, facts);
    deviations.push(...found.deviations);
    notes.push(...found.notes);
    replayed.push({ operation: probe.operation, request: probe.title, status });
    return facts;
  };
  const replayAll = async (probes: readonly Probe[]): Promise<void> => {
    for (const probe of probes) await replay(probe);
  };

  try {
    const { credentials, session, write } = target;
    const headers =
      'apiKey' in credentials ? apiKey(credentials.apiKey) : bearerOf(await replay(tokenProbe(credentials)));
    await replayAll(refusedTokenProbes(credentials));
    if (headers) {
      if (write) {
        const [creation, ...refused] = createSessionProbes(headers);
        const created = creation && sessionOf(await replay(creation));
        await replayAll(refused);
        if (created) await replayAll(sessionProbes(headers, created, false));
      }
      if (session) await replayAll(sessionProbes(headers, session, true));
      await replayAll(absentSessionProbes(headers));
    }
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    failures.push(error.message);
  }
  const withoutSuccess = operationsWithoutSuccess([...operations.values()], replayed, target);
  if (withoutSuccess.some(({ why }) => why === noProbe)) {
    failures.push('An operation of the contract has no probe. Write one in packages/contract/src/verify/probes.ts');
  }
  return {
    contractVersion: document.info.version,
    server: new URL(target.baseUrl).origin,
    replayed,
    withoutSuccess,
    deviations: counted(deviations),
    notes: counted(notes),
    failures,
  };
}

/** What keeps an answer from saying anything of the contract. */
function failureOf({ operation, title, expected, given }: Probe, status: number): string | undefined {
  if (isAmong(status, expected)) return undefined;
  if (isInconclusive(status)) {
    return `${operation} answered ${status} ${title}, which says nothing of the rest. Run it again later`;
  }
  return given && isAmong(status, given.refusedBy)
    ? `${operation} answered ${status} ${title}. ${given.advice}`
    : undefined;
}

const noProbe = 'there is no probe for it';
const notForGiven = 'did not succeed for the session given';

function operationsWithoutSuccess(
  operations: readonly LocatedOperation[],
  replayed: VerifyReport['replayed'],
  { write, session, credentials }: Target,
): VerifyReport['withoutSuccess'][number][] {
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

const jsonOf = (facts: ResponseFacts | undefined): Readonly<Record<string, unknown>> => {
  if (!facts || facts.status >= 300) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(facts.body));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {}; // reported by the check
  }
};

const isHeaderSafe = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);

function bearerOf(facts: ResponseFacts | undefined): { authorization: string } | undefined {
  const { access_token: token } = jsonOf(facts);
  return isHeaderSafe(token) ? bearer(token) : undefined;
}

function sessionOf(facts: ResponseFacts | undefined): KnownSession | undefined {
  const { session_id: id, session_token: token } = jsonOf(facts);
  if (typeof id !== 'string' || !isPathSegment(id)) return undefined;
  return isHeaderSafe(token) ? { id, token } : { id };
}
