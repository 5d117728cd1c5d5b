import { must, OptionsError } from '../errors/options-error.ts';

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
  must(typeof value === 'string' && value !== '', name, 'be a non-empty string');
  must(isHeaderSafe(value as string), name, 'not have characters that a header cannot hold');
}

/** @throws {OptionsError} naming the header, never its value */
export function checkedHeaders(headers: unknown): Record<string, string> {
  const isMap = headers instanceof Headers;
  const isObject = typeof headers === 'object' && headers !== null;
  must(isObject && Symbol.iterator in headers === isMap, 'headers', 'be an object of names and values');
  const entries: [string, unknown][] = isMap ? [...headers] : Object.entries(headers as object);
  for (const [name, value] of entries) {
    must(/^[!#$%&'*+.^_`|~\w-]+$/.test(name), 'headers', 'have valid names only');
    if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new OptionsError(`The value of header ${name} cannot be sent.`);
    }
    if (isOfConnection(name.toLowerCase(), value)) {
      throw new OptionsError(`Header ${name} is set by the connection. Leave it out.`);
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Headers of the connection itself: the transport sets them, and refuses or breaks a request that has its own. */
function isOfConnection(name: string, value: string): boolean {
  if (name === 'connection') return !/^(close|keep-alive)$/i.test(value);
  return ['content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade'].includes(name);
}
