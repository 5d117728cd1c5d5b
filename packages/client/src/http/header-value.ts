import { OptionsError } from '../errors/didit-data-error.ts';

/** Whether a secret can be sent in a header: visible ASCII, at least one character. */
export function isHeaderSafe(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

/**
 * Checks a secret before the platform does, whose own error would quote it.
 *
 * @throws {OptionsError} naming the option, never its value
 */
export function checkHeaderValue(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') throw new OptionsError(`${name} must be a non-empty string`);
  if (!isHeaderSafe(value)) throw new OptionsError(`${name} holds characters that no header may hold`);
}

/** Fields of the connection itself: the transport sets them, and refuses or breaks a request that has its own. */
const connectionFields = ['content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** @throws {OptionsError} naming the header, never its value */
export function checkedHeaders(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers !== headers instanceof Headers) {
    throw new OptionsError('headers must be an object of names and values');
  }
  const entries: [string, unknown][] = headers instanceof Headers ? [...headers] : Object.entries(headers);
  for (const [name, value] of entries) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw new OptionsError('headers holds a name that no header may have');
    if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new OptionsError(`the value of header ${name} cannot be sent`);
    }
    if (isOfConnection(name.toLowerCase(), value)) {
      throw new OptionsError(`Header ${name} is set by the connection: leave it out.`);
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function isOfConnection(name: string, value: string): boolean {
  if (name === 'connection') return !/^(close|keep-alive)$/i.test(value);
  return connectionFields.includes(name);
}
