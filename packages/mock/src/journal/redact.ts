import { unescape as unescapePercent } from 'node:querystring';
import type { MockClient } from '../answer/oauth.ts';
import { sessionTokenPattern } from '../service/session.ts';
import { accessTokenPattern } from '../service/tokens.ts';

const redacted = '[redacted]';

/** Request headers whose values are shown. They describe a request and grant access to nothing. */
const shown = new Set([
  ...['accept', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'content-encoding'],
  ...['content-length', 'content-type', 'expect', 'host', 'prefer', 'retry-after', 'traceparent'],
  ...['transfer-encoding', 'user-agent', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
]);

/** Makes strings, headers and paths safe to show: without tokens and secrets. */
export interface Redactor {
  text(text: string): string;
  /** Shows the values of some headers; of every other one the name alone. */
  headers(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  path(path: string): string;
}

/**
 * Makes a redactor that hides every token that a mock has issued, whether it is still valid or not, and the given
 * secrets. It finds them percent-encoded as well, also when they were encoded several times.
 */
export function createRedactor(clients: readonly MockClient[], otherSecrets: readonly string[]): Redactor {
  const forms = clients.flatMap(({ clientId, clientSecret }) => {
    const basic = Buffer.from(`${clientId}:${clientSecret}`);
    return [clientSecret, basic.toString('base64'), basic.toString('base64url')];
  });
  const secrets = [...forms, ...otherSecrets].sort((one, other) => other.length - one.length).map(escapeRegExp);
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

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
