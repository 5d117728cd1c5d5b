import type { ResponseFacts } from './deviation.ts';
import { bearer } from './probes.ts';
import { isPathSegment, isVisibleAscii, type KnownSession } from './target.ts';

/** The headers of a token that was issued, or `undefined`. */
export function bearerOf(facts: ResponseFacts | undefined): { authorization: string } | undefined {
  const { access_token: token } = jsonOf(facts);
  return isVisibleAscii(token) ? bearer(token) : undefined;
}

/** The session that was created, or `undefined`. */
export function sessionOf(facts: ResponseFacts | undefined): KnownSession | undefined {
  const { session_id: id, session_token: token } = jsonOf(facts);
  if (typeof id !== 'string' || !isPathSegment(id)) return undefined;
  return isVisibleAscii(token) ? { id, token } : { id };
}

/** A success as JSON; the check reports a body that is not JSON. */
function jsonOf(facts: ResponseFacts | undefined): Readonly<Record<string, unknown>> {
  if (!facts || facts.status >= 300) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(facts.body));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
