import { type Answer, refuse } from '../http/message.ts';

const waitSeconds = 1;
const requestsPerMinute = 100;

/** The service's own failure, as a scenario asks for it. */
export function failureAnswer(status: number, now: number): Answer {
  if (status === 429) return tooManyRequests(now);
  if (status >= 500) return { status, body: { message: `The scenario of this session asks for ${status}.` } };
  const headers = status === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {};
  return refuse(status, `The scenario of this session asks for ${status}.`, { headers });
}

function tooManyRequests(now: number): Answer {
  return refuse(429, `Request was throttled. Expected available in ${waitSeconds} second.`, {
    headers: {
      'retry-after': String(waitSeconds),
      'x-ratelimit-limit': String(requestsPerMinute),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(now / 1000) + waitSeconds),
    },
  });
}
