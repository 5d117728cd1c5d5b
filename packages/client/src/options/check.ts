import { must, OptionsError } from '../errors/options-error.ts';
import { longestTimer } from '../http/abort.ts';
import { nearest } from './nearest.ts';

/**
 * Checks that options are an object without unknown members, such as one with a typing error.
 *
 * @param known the names that it may have. Default: any
 * @param what the name of the argument
 * @throws {OptionsError} with the nearest right name
 */
export function checkNames(options: unknown, known: readonly string[] | undefined, what = 'options'): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options) || isSignal(options)) {
    const pass = isSignal(options) ? ' Pass the signal as { signal }.' : '';
    throw new OptionsError(`\`${what}\` must be an object.${pass}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (known && value !== undefined) checkName(name, known, what === 'options' ? 'option' : `member of \`${what}\``);
  }
}

export function checkName(name: string, known: readonly string[], kind: string): void {
  if (known.includes(name)) return;
  const right = nearest(name, known);
  const advice = right ? `Did you mean \`${right}\`?` : `Known are ${known.map((each) => `\`${each}\``).join(', ')}.`;
  // In plain JavaScript a name may be anything, even a secret in the wrong place.
  const quoted = /^[A-Za-z_]\w{0,31}$/.test(name) ? ` \`${name}\`` : '';
  throw new OptionsError(`Unknown ${kind}${quoted}. ${advice}`);
}

export function isSignal(value: unknown): value is AbortSignal {
  const { aborted, addEventListener }: Partial<AbortSignal> = Object(value);
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

/** @throws {OptionsError} unless it is a number of milliseconds that a timer can be set to */
export function checkedDuration(name: string, value: unknown, least = 1): number {
  const holds = typeof value === 'number' && value >= least && value <= longestTimer;
  must(holds, name, `be a number of milliseconds from ${least} to ${longestTimer}`);
  return value as number;
}

/** @throws {OptionsError} unless it is a whole number that is not too small */
export function checkedCount(name: string, value: unknown, least = 1): number {
  must(Number.isSafeInteger(value) && (value as number) >= least, name, `be a whole number, at least ${least}`);
  return value as number;
}

/** @throws {OptionsError} unless it is a function or undefined */
export function checkFunction(name: string, value: unknown): void {
  must(value === undefined || typeof value === 'function', name, 'be a function');
}

/** The names of an interface's members: a missing or surplus one does not compile. */
export function namesOf<Options>(names: Readonly<Record<keyof Required<Options>, true>>): readonly string[] {
  return Object.keys(names);
}
