import { describe, expectTypeOf, test } from 'vitest';
import {
  createClient,
  type Decision,
  type RequireScopesOptions,
  requireScopes,
  type Scope,
  type SessionStatus,
} from '../src/index.ts';

const didit = createClient({ clientId: 'id', clientSecret: 'secret' });

test('a decision has the shape of the contract', async () => {
  const decision = await didit.sessions.decision('s-1');
  expectTypeOf(decision).toEqualTypeOf<Decision>();
  expectTypeOf(decision.session_id).toEqualTypeOf<string>();
  expectTypeOf(decision.user_data?.sub).toEqualTypeOf<string | undefined>();
  expectTypeOf(decision.user_data?.email?.is_verified).toEqualTypeOf<boolean | null | undefined>();
  expectTypeOf(decision.user_data?.phone?.phone_number).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(decision.user_data?.is_over_18).toEqualTypeOf<boolean | null | undefined>();
  expectTypeOf(decision.user_data?.bank_account).toEqualTypeOf<{ [key: string]: unknown } | null | undefined>();
});

test('a misspelt field does not compile', async () => {
  const decision = await didit.sessions.decision('s-1');
  // @ts-expect-error: emial is not a field
  decision.user_data?.emial;
  // @ts-expect-error: is_verifed is not a field
  decision.user_data?.email?.is_verifed;
  // @ts-expect-error: scopes is not a field
  await didit.sessions.create({ scopes: ['email'] });
});

test('an unknown status compiles, and the known ones autocomplete', async () => {
  const decision = await didit.sessions.decision('s-1');
  if (decision.status === 'Under Review') return;
  expectTypeOf<'Confirmed'>().toExtend<Decision['status']>();
  // The union keeps its literals beside the open rest; a plain string would have swallowed them.
  expectTypeOf<Extract<SessionStatus, 'confirmed'>>().toEqualTypeOf<'confirmed'>();
  expectTypeOf<Extract<Scope, 'email'>>().toEqualTypeOf<'email'>();
  expectTypeOf<string>().toExtend<SessionStatus>();
  await didit.sessions.create({ scope: ['email', 'a_scope_of_tomorrow'] });
});

test('options that may be missing may be undefined', () => {
  const options: RequireScopesOptions = {};
  expectTypeOf(requireScopes({} as Decision, ['names'], options)).toHaveProperty('names');
  expectTypeOf(requireScopes({} as Decision, ['names'], { verified: undefined })).toHaveProperty('names');
});

test('credentials exclude each other', () => {
  createClient({ apiKey: 'k' });
  createClient({ accessToken: async () => 't' });
  // @ts-expect-error: no credential
  createClient({});
  // @ts-expect-error: a client id without its secret
  createClient({ clientId: 'id' });
  // @ts-expect-error: two credentials
  createClient({ clientId: 'id', clientSecret: 's', apiKey: 'k' });
});

describe('the result of a bare path is narrowed', () => {
  const decision = () =>
    didit.raw.GET('/auth/v2/session/{session_id}/decision/', { params: { path: { session_id: 's-1' } } });
  const status = () => {
    const params = { path: { session_id: 's-1' }, header: { 'Data-Session-Token': 'st-1' } };
    return didit.raw.GET('/auth/v2/session/{session_id}/status/', { params });
  };
  const create = () => didit.raw.POST('/auth/v2/session', { body: { scope: 'email' } });

  test('by if (error) return', async () => {
    const { data, error } = await decision();
    if (error) return;
    expectTypeOf(data).toEqualTypeOf<Decision>();
    const { data: state, error: refusal } = await status();
    if (refusal) return;
    expectTypeOf(state.status).toEqualTypeOf<SessionStatus>();
    const created = await create();
    if (created.error) return;
    expectTypeOf(created.data.session_id).toEqualTypeOf<string>();
  });

  test('by if (!error)', async () => {
    const { data, error } = await decision();
    if (!error) expectTypeOf(data).toEqualTypeOf<Decision>();
    else expectTypeOf(data).toEqualTypeOf<undefined>();
  });

  test('by if (data)', async () => {
    const { data, error } = await decision();
    if (data) expectTypeOf(error).toEqualTypeOf<undefined>();
    else expectTypeOf(error).toBeObject();
  });

  test('by error !== undefined, and by data === undefined', async () => {
    const { data, error } = await decision();
    if (error !== undefined) expectTypeOf(data).toEqualTypeOf<undefined>();
    else expectTypeOf(data).toEqualTypeOf<Decision>();
    const other = await decision();
    if (other.data === undefined) expectTypeOf(other.error).toBeObject();
    else expectTypeOf(other.data).toEqualTypeOf<Decision>();
  });

  test('and an error is an object: no text, and nothing falsy', async () => {
    const { error } = await decision();
    if (error) expectTypeOf(error).toBeObject();
    expectTypeOf<Extract<NonNullable<typeof error>, string>>().toBeNever();
  });
});

test('a client can be closed, and used with await using', async () => {
  expectTypeOf(didit.close()).toEqualTypeOf<Promise<void>>();
  await using closing = createClient({ apiKey: 'k' });
  expectTypeOf(closing.sessions).toEqualTypeOf<typeof didit.sessions>();
});

test('raw is typed by path', async () => {
  const { data, error } = await didit.raw.GET('/auth/v2/session/{session_id}/decision/', {
    params: { path: { session_id: 's-1' } },
  });
  if (data) expectTypeOf(data).toEqualTypeOf<Decision>();
  else expectTypeOf(error).not.toBeAny();
  const path = '/auth/v2/session/{session_id}/decision/';
  const params = { path: { session_id: 's-1' } };
  const some: { signal?: AbortSignal | undefined; timeoutMs?: number | undefined } = {};
  await didit.raw.GET(path, { params, signal: some.signal, timeoutMs: some.timeoutMs, headers: { 'x-trace': 'abc' } });
  // @ts-expect-error: a header is a string
  await didit.raw.GET(path, { params, headers: { 'x-trace': 5 } });
  // @ts-expect-error: the client requests tokens itself
  await didit.raw.POST('/auth/v2/token/', { body: { grant_type: 'client_credentials' } });
  // @ts-expect-error: no such path
  await didit.raw.GET('/auth/v2/sessions/', {});
  // @ts-expect-error: the header Data-Session-Token is required
  await didit.raw.GET('/auth/v2/session/{session_id}/status/', { params: { path: { session_id: 's-1' } } });
});
