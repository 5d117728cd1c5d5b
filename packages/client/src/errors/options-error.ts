import { DiditDataError } from './didit-data-error.ts';

/** Options or arguments that cannot work; nothing was sent. */
export class OptionsError extends DiditDataError {
  override get name(): 'OptionsError' {
    return 'OptionsError';
  }
}

/**
 * Checks an option or argument.
 *
 * @param holds whether it is as it must be
 * @param rule what it must do, for example `be a function`
 * @throws {OptionsError} when it is not; names the option, never its value
 */
export function must(holds: boolean, name: string, rule: string): asserts holds {
  if (!holds) throw new OptionsError(`\`${name}\` must ${rule}.`);
}
