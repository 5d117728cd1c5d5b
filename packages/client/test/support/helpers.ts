import { vi } from 'vitest';
import { type ClientOptions, createClient, type DiditClient } from '../../src/index.ts';

/** Answers a request, or throws what the platform's `fetch` would. */
export type Answer = (request: Request) => Response | Promise<Response>;

/** A `fetch` that answers from a function and keeps every `Request` that was really sent. */
export function observed(answer: Answer) {
  const requests: Request[] = [];
  const fetch = async (input: Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    requests.push(request.clone());
    const signal = request.signal;
    signal.throwIfAborted();
    return answer(request);
  };
  return { fetch, requests };
}

export function json(body: unknown, init?: ResponseInit): Response {
  return Response.json(body, init);
}

export function token(access_token = 'token-1', more: object = {}) {
  return json({ access_token, expires_in: 86_400, ...more });
}

export const confirmed = {
  session_id: 's-1',
  session_number: 1,
  status: 'Confirmed',
  vendor_data: 'user-42',
  scope: 'names email',
  user_data: {
    sub: 'u-1',
    email: { email: 'ada@example.com', is_verified: true, is_primary: true },
    names: { first_name: 'Ada', family_name: 'Lovelace', full_name: 'Ada Lovelace', is_verified: true },
  },
  created_at: '2024-08-01T10:30:00.000Z',
};

export function isTokenRequest(request: Request): boolean {
  return new URL(request.url).pathname.endsWith('/auth/v2/token/');
}

/** A client whose tokens always arrive, whose other requests are answered by `answer`, and which sends nothing again. */
export function clientAnswering(
  answer: Answer,
  options: Partial<ClientOptions> = {},
): DiditClient & { requests: Request[] } {
  const { fetch, requests } = observed((request) => (isTokenRequest(request) ? token() : answer(request)));
  const client = createClient({
    clientId: 'client-1',
    clientSecret: 'secret-1',
    fetch,
    maxRetries: 0,
    ...options,
  } as ClientOptions);
  return Object.assign(client, { requests });
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const unexpected = Symbol();
  const result = await promise.then(
    () => unexpected,
    (error: unknown) => error,
  );
  if (result === unexpected) throw new Error('the promise was not rejected');
  return result;
}

/** Lets fake timers run until the promise is settled. */
export async function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  await vi.runAllTimersAsync();
  return promise;
}
