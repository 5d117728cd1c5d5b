import { unescape as unescapePercent } from 'node:querystring';
import type { MockClient } from '../service/clients.ts';
import { sessionTokenPattern } from '../service/session.ts';
import { accessTokenPattern } from '../service/tokens.ts';

const redacted = '[redacted]';

/** Request headers whose values are shown. None of them can hold a credential. */
const shown = new Set([
  ...['accept', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'content-encoding'],
  ...['content-length', 'content-type', 'expect', 'host', 'prefer', 'retry-after', 'traceparent'],
  ...['transfer-encoding', 'user-agent', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
]);

/** Removes tokens and secrets from strings, headers and paths. */
export interface Redactor {
  text(text: string): string;
  /** Keeps the values of a few headers and replaces all others by `[redacted]`. */
  headers(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  path(path: string): string;
}

/**
 * Makes a redactor for every token that a mock can have issued, valid or not, and for the given secrets. It also finds
 * them percent-encoded, once or several times.
 */
export function createRedactor(clients: readonly MockClient[], otherSecrets: readonly string[]): Redactor {
  const forms = clients.flatMap(({ clientId, clientSecret }) => {
    const basic = Buffer.from(`${clientId}:${clientSecret}`);
    return [clientSecret, basic.toString('base64'), basic.toString('base64url')];
  });
  const secrets = [...forms, ...otherSecrets].sort((one, other) => other.length - one.length).map(RegExp.escape);
  const pattern = new RegExp([accessTokenPattern, sessionTokenPattern, ...secrets].join('|'), 'g');
  const hide = (text: string): string => text.replace(pattern, redacted);

  const scrub = (text: string): string => {
    let result = hide(text);
    for (let plain = result; plain.includes('%'); ) {
      const decoded = unescapePercent(plain);
      if (decoded === plain) break;
      plain = hide(decoded);
      if (plain !== decoded) result = plain;
    }
    return result;
  };

  return {
    text: scrub,
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, shown.has(name) ? scrub(value) : redacted]),
      ),
    path: scrub,
  };
}
