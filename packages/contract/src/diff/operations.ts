import { type OpenApiDocument, operationsIn } from '../document/document.ts';
import { pointerTo, valueAt } from '../document/pointer.ts';

/** One way in which two contracts differ for callers. */
export interface Difference {
  readonly what: string;
  readonly level: 'minor' | 'major';
  readonly pointer: string;
  /** Whether the pointer is of the baseline. */
  readonly inBaseline: boolean;
}

/** The value of a member for an operation: its own, else that of its path, else that of the contract. */
interface Effective<T> {
  readonly value: T | undefined;
  /** JSON pointer, for example `#/security`. */
  readonly pointer: string;
}

/** The effective value in both contracts. */
export interface EffectivePair<T> {
  readonly before: Effective<T>;
  readonly after: Effective<T>;
}

/**
 * Finds the effective value of a member for each operation that both documents have.
 *
 * @param name a member that operations, paths and the contract may have
 * @returns first the contract's own value, then one for each operation
 */
export function effectivePairs<T>(
  name: 'security' | 'servers',
  before: OpenApiDocument,
  after: OpenApiDocument,
): EffectivePair<T>[] {
  const old = new Map(operationsIn(before).map((one) => [keyOf(one), one]));
  const pairs = operationsIn(after).flatMap((now) => {
    const known = old.get(keyOf(now));
    if (!known) return [];
    return [{ before: effective<T>(name, before, known), after: effective<T>(name, after, now) }];
  });
  const whole = (document: unknown): Effective<T> => ({ value: memberOf(document, [name]), pointer: `#/${name}` });
  return [{ before: whole(before), after: whole(after) }, ...pairs];
}

/** The more specific of the two places. */
export function placeIn({ before, after }: EffectivePair<unknown>): Pick<Difference, 'pointer' | 'inBaseline'> {
  const inBaseline = after.value === undefined || after.pointer.split('/').length < before.pointer.split('/').length;
  return { pointer: inBaseline ? before.pointer : after.pointer, inBaseline };
}

/** Reports once what several operations share. */
export function withoutRepeats(found: readonly (Difference | undefined)[]): Difference[] {
  const known = found.filter((one) => one !== undefined);
  return [...new Map(known.map((one) => [`${one.pointer} ${one.inBaseline} ${one.what}`, one])).values()];
}

/** Identifies an operation. The names of path parameters do not count. */
export function keyOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
}

function effective<T>(
  name: string,
  document: unknown,
  { method, path }: { readonly method: string; readonly path: string },
): Effective<T> {
  const places = [['paths', path, method.toLowerCase(), name], ['paths', path, name], [name]];
  const place = places.find((segments) => valueAt(document, segments) !== undefined) ?? [name];
  return { value: memberOf(document, place), pointer: pointerTo('#', ...place) };
}

function memberOf<T>(document: unknown, place: readonly string[]): T | undefined {
  return valueAt(document, place) as T | undefined;
}
