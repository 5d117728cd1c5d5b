import { OptionsError } from '../errors.ts';

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
