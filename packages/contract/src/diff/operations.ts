import { type OpenApiDocument, operationsIn } from '../document/document.ts';
import { pointerTo, valueAt } from '../document/pointer.ts';

/** What is different in what callers meet, and where. */
export interface Difference {
  readonly what: string;
  readonly level: 'minor' | 'major';
  readonly pointer: string;
  /** Whether the pointer is one of the baseline. */
  readonly inBaseline: boolean;
}

/** What an operation, its path or the contract says of something that the nearest of them decides. */
interface Effective<T> {
  readonly value: T | undefined;
  /** Where it stands, for example `#/security`. */
  readonly pointer: string;
}

/** Both versions of what decides for an operation. */
export interface EffectivePair<T> {
  readonly before: Effective<T>;
  readonly after: Effective<T>;
}

/**
 * Finds what decides for each operation that both documents have, and for the contract itself, which comes first.
 *
 * @param name the member, which the operation may have, its path and the contract
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

/** The place nearest to the operation that either contract has. */
export function placeIn({ before, after }: EffectivePair<unknown>): Pick<Difference, 'pointer' | 'inBaseline'> {
  const inBaseline = after.value === undefined || after.pointer.split('/').length < before.pointer.split('/').length;
  return { pointer: inBaseline ? before.pointer : after.pointer, inBaseline };
}

/** What a list says that several operations share is reported once. */
export function withoutRepeats(found: readonly (Difference | undefined)[]): Difference[] {
  const known = found.filter((one) => one !== undefined);
  return [...new Map(known.map((one) => [`${one.pointer} ${one.inBaseline} ${one.what}`, one])).values()];
}

/** The names of path parameters are no part of an address. */
export const keyOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;

function effective<T>(
  name: string,
  document: unknown,
  { method, path }: { readonly method: string; readonly path: string },
): Effective<T> {
  const places = [['paths', path, method.toLowerCase(), name], ['paths', path, name], [name]];
  const place = places.find((segments) => valueAt(document, segments) !== undefined) ?? [name];
  return { value: memberOf(document, place), pointer: pointerTo('#', ...place) };
}

const memberOf = <T>(document: unknown, place: readonly string[]): T | undefined =>
  valueAt(document, place) as T | undefined;
