// What people write: it must compile with every supported compiler and resolution.
import {
  type ClientOptions,
  createClient,
  type Decision,
  isConfirmed,
  NotFoundError,
  requireScopes,
  type SessionStatus,
} from '@didit-data/client';
import { openTelemetryHooks } from '@didit-data/client/opentelemetry';
import { type ContractReport, createContractReport } from '@didit-data/client/report';
import { undiciFetch } from '@didit-data/client/undici';

const transport = undiciFetch({ connections: 8 });
const fetch: ClientOptions['fetch'] = (request, init) => transport(request, init);
const options: ClientOptions = { clientId: 'id', clientSecret: 'secret', fetch, hooks: openTelemetryHooks() };
const didit = createClient(options);

export function watched(): () => ContractReport {
  const report = createContractReport();
  createClient({ ...options, validation: 'report', hooks: report.hooks });
  return report.toJSON;
}

export async function fullName(id: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const decision: Decision = await didit.sessions.decision(id, { signal });
    if (!isConfirmed(decision)) return undefined;
    const subject: string = decision.user_data.sub;
    const { names, email } = requireScopes(decision, 'names', 'email');
    const address: string | null | undefined = email.email;
    return names.full_name ?? address ?? subject;
  } catch (error) {
    if (error instanceof NotFoundError) return String(error.status satisfies number);
    throw error;
  }
}

export async function newSession(): Promise<SessionStatus> {
  const session = await didit.sessions.create({ scope: ['names', 'a_scope_of_tomorrow'], vendor_data: 'user-42' });
  // @ts-expect-error: a misspelt member
  session.session_identifier;
  return didit.sessions.status(session);
}

export async function* all(ids: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const result of didit.sessions.decisions(ids, { concurrency: 8 })) {
    if (result.decision) yield result.decision.session_id;
  }
}

export async function bare(session_id: string): Promise<string | undefined> {
  const { data, response } = await didit.raw.GET('/auth/v2/session/{session_id}/decision/', {
    params: { path: { session_id } },
  });
  return response.ok ? data?.status : undefined;
}

/** The idiom of openapi-fetch's documentation. */
export async function narrowed(session_id: string): Promise<string> {
  const { data, error } = await didit.raw.GET('/auth/v2/session/{session_id}/decision/', {
    params: { path: { session_id } },
  });
  if (error) return JSON.stringify(error);
  return data.status;
}

export async function narrowedByData(scope: string): Promise<object> {
  const { data, error } = await didit.raw.POST('/auth/v2/session', { body: { scope } });
  if (!error) return { id: data.session_id };
  if (data) return data satisfies never;
  return error;
}

export async function closed(): Promise<void> {
  await using client = createClient(options);
  await client.prewarm();
  await didit.close();
}

// @ts-expect-error: two credentials
createClient({ clientId: 'id', clientSecret: 'secret', apiKey: 'key' });
