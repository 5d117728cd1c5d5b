import { operationsIn } from '../document/document.ts';
import type { Contract } from '../document/load.ts';
import { bearerOf, sessionOf } from './answers.ts';
import { createResponseCheck, isAmong, isInconclusive } from './check-response.ts';
import type { Deviation, ResponseFacts } from './deviation.ts';
import {
  absentSessionProbes,
  apiKey,
  createSessionProbes,
  type Probe,
  refusedTokenProbes,
  sessionProbes,
  tokenProbe,
} from './probes.ts';
import { counted, type ReplayedRequest, type VerifyReport } from './report.ts';
import { NoAnswerError, send } from './send.ts';
import type { Target } from './target.ts';
import { lacksProbe, operationsWithoutSuccess } from './without-success.ts';

/**
 * Replays every operation of a contract against a server: as documented, with wrong credentials and for an unknown
 * session. Creates a session only with `write`. A missing answer stops the run, and the report says so.
 */
export async function verify(
  { document, locate }: Pick<Contract, 'document' | 'locate'>,
  target: Target,
): Promise<VerifyReport> {
  const operations = new Map(operationsIn(document).map((operation) => [operation.id, operation]));
  const check = createResponseCheck(document, locate);
  const replayed: ReplayedRequest[] = [];
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
    if (!(error instanceof NoAnswerError)) throw error;
    failures.push(error.message);
  }
  const withoutSuccess = operationsWithoutSuccess([...operations.values()], replayed, target);
  if (withoutSuccess.some(lacksProbe)) {
    failures.push('An operation of the contract has no probe. Write one in packages/contract/src/verify/probes.ts.');
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

/** Why an answer says nothing about the contract; a sentence, or `undefined` when it does. */
function failureOf({ operation, title, expected, given }: Probe, status: number): string | undefined {
  if (isAmong(status, expected)) return undefined;
  if (isInconclusive(status)) {
    return `${operation} answered ${status} ${title}, which says nothing about the rest. Run it again later.`;
  }
  return given && isAmong(status, given.refusedBy)
    ? `${operation} answered ${status} ${title}. ${given.advice}`
    : undefined;
}
