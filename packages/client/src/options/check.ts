import { OptionsError } from '../errors/didit-data-error.ts';
import { longestTimer } from '../http/abort.ts';
import { nearest } from './nearest.ts';

/**
 * Checks that options are an object, and that it has no member that would be passed over, as one with a typing error.
 *
 * @param known the names that it may have; any where left out
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
  // A name may be anything in plain JavaScript, a value that stands in the wrong place too.
  const quoted = /^[A-Za-z_]\w{0,31}$/.test(name) ? ` \`${name}\`` : '';
  throw new OptionsError(`Unknown ${kind}${quoted}. ${advice}`);
}

export function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener }: Partial<AbortSignal> = value;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

/** @throws {OptionsError} naming the option, unless it is a number of milliseconds that a timer can be set to */
export function checkedDuration(name: string, value: unknown, least = 1): number {
  if (typeof value === 'number' && value >= least && value <= longestTimer) return value;
  throw new OptionsError(`${name} must be a number of milliseconds from ${least} to ${longestTimer}`);
}

/** @throws {OptionsError} naming the option, unless it is a whole number that is not too small */
export function checkedCount(name: string, value: unknown, least = 1): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new OptionsError(`${name} must be a whole number, at least ${least}`);
}

/** @throws {OptionsError} naming the option, unless it is a function or left out */
export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new OptionsError(`\`${name}\` must be a function.`);
}

/** The names of an interface's members: leaving one out, or adding one, does not compile. */
export function namesOf<Options>(names: Readonly<Record<keyof Required<Options>, true>>): readonly string[] {
  return Object.keys(names);
}
