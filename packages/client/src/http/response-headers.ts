import { longestTimer } from './abort.ts';

/** @returns the service's id of the request, where it gave one */
export function requestIdOf({ headers }: Response): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('cf-ray');
  return id !== null && /^[\w.:/+=-]{1,128}$/.test(id) ? id : undefined; // anything else is not an id, and may be data
}

/** The one form of date that RFC 9110 lets a sender use. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads the header `Retry-After` (RFC 9110 §10.2.3): seconds, or an HTTP date, which is meant by the clock that the
 * header `Date` tells, and else by this machine's.
 *
 * @returns how long to wait in milliseconds, from 0 to what a timer can be set to, or `undefined` when the header is
 * missing or makes no sense
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1_000), longestTimer);
  if (!httpDate.test(text)) return undefined;
  const ms = Date.parse(text) - (Date.parse(headers.get('date') ?? '') || Date.now());
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestTimer);
}
