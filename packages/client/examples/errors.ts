// What can go wrong, and how to tell it apart.
import {
  ApiError,
  ConnectionError,
  clientFromEnv,
  NotFoundError,
  RateLimitError,
  TimeoutError,
  TokenError,
} from '@didit-data/client';

const didit = clientFromEnv({ timeoutMs: 10_000, maxRetries: 1 });

async function describe(session_id: string): Promise<string> {
  try {
    const { status } = await didit.sessions.decision(session_id);
    return status;
  } catch (error) {
    if (error instanceof NotFoundError) return 'there is no such session';
    if (error instanceof RateLimitError) return `too many requests, wait ${error.retryAfterMs ?? 'a while'}`;
    if (error instanceof ApiError)
      return `the service answered ${error.status}; its id of the request: ${error.requestId}`;
    if (error instanceof TokenError) {
      const isRefused = [400, 401, 403].includes(error.status ?? 0);
      return isRefused ? `the credentials are wrong: ${error.code}` : 'the token endpoint fails';
    }
    if (error instanceof ConnectionError || error instanceof TimeoutError) return 'the service cannot be reached';
    throw error;
  }
}

console.log(await describe('no-such-session'));
