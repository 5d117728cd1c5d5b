import { longestTimer } from './abort.ts';

/** @returns the service's id of the request, if it sent one */
export function requestIdOf({ headers }: Response): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('cf-ray');
  return id !== null && /^[\w.:/+=-]{1,128}$/.test(id) ? id : undefined; // anything else may be data
}

/** The only date format that RFC 9110 allows a sender. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads the header `Retry-After` (RFC 9110 §10.2.3): seconds, or an HTTP date by the clock of the header `Date`, or else
 * by this machine's clock.
 *
 * @returns how long to wait in milliseconds, from 0 to what a timer can be set to, or `undefined` when the header is
 * missing or invalid
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1_000), longestTimer);
  if (!httpDate.test(text)) return undefined;
  const ms = Date.parse(text) - (Date.parse(headers.get('date') ?? '') || Date.now());
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestTimer);
}
