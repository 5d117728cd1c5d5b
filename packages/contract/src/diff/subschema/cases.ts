import { segmentsOf, valueAt } from '../../document/pointer.ts';
import { type Schema, type Type, typeOf, types } from '../../document/schema.ts';
import { meaningful, type Rooted, unknownSchema, valueText } from './canonical.ts';

/**
 * Values of one type, or one value, that match all parts. The parts are schemas without references and combinations.
 */
export interface Case {
  readonly type: Type;
  readonly value?: { readonly is: unknown };
  readonly parts: readonly Rooted[];
}

/** Holds the combination that a part was split from. */
export const whole = Symbol('combination');

/** With more cases or deeper references, nothing is proven. */
const most = 200;

/**
 * Splits schemas into cases that together cover all values that match every one; `undefined` when there are too many.
 */
export function casesOf(parts: readonly Rooted[]): Case[] | undefined {
  if (parts.some(({ schema }) => schema === false)) return [];
  const index = parts.findIndex(({ schema }) => alternativesOf(schema) !== undefined);
  const split = parts[index];
  if (split) {
    const others = parts.filter((_, at) => at !== index);
    const { anyOf, oneOf, ...rest } = split.schema as Schema & { readonly oneOf?: readonly unknown[] };
    const [taken, left] = anyOf ? [anyOf, oneOf && { oneOf }] : [oneOf ?? [], undefined];
    const found = taken.flatMap((alternative) => {
      const own = [{ schema: { ...rest, ...left } as Schema, document: split.document }];
      const added = partsOf({ schema: alternative, document: split.document });
      if (sayingsOf(added) !== sayingsOf([])) return [undefined];
      // Kept, because an outer schema may hold the same combination.
      const kept = { schema: { [whole]: anyOf ? { anyOf } : { oneOf } }, document: split.document };
      return casesOf([...others, ...own, ...added, kept]) ?? [undefined];
    });
    return found.length > most || found.includes(undefined) ? undefined : (found as Case[]);
  }
  const values = parts.map(valuesOf).find((found) => found !== undefined);
  if (values) {
    const left = values.filter((value) => parts.every((part) => mayHold(value, part)));
    return left.map((is) => ({ type: typeOf(is), value: { is }, parts }));
  }
  const left = types.filter((type) => type !== 'integer' || !parts.every((part) => typesOf(part).includes('number')));
  return left
    .filter((type) => parts.every((part) => accepts(typesOf(part), type)))
    .flatMap((type): Case[] => {
      if (type === 'null') return [{ type, value: { is: null }, parts }];
      if (type === 'boolean') return [true, false].map((is) => ({ type, value: { is }, parts }));
      return [{ type, parts }];
    });
}

/** The schemas that a value must match together: follows `allOf` and references. */
export function partsOf({ schema, document }: Rooted, depth = 0): Rooted[] {
  if (typeof schema !== 'object' || schema === null || depth > most) return [{ schema, document }];
  const { $ref, allOf, ...rest } = schema as Schema;
  const target = $ref === undefined ? [] : [valueAt(document, segmentsOf($ref)) ?? unknownSchema()];
  const more = [...target, ...((allOf as unknown[] | undefined) ?? [])];
  const parts = more.flatMap((part) => partsOf({ schema: part, document }, depth + 1));
  return Object.keys(rest).length > 0 || parts.length === 0 ? [{ schema: rest, document }, ...parts] : parts;
}

/** The annotations that matter to callers, as text: schemas with different ones do not mean the same. */
export function sayingsOf(parts: readonly Rooted[]): string {
  const said = meaningful.map((name) => {
    const values = parts.map(({ schema }) => (schema as Schema | null)?.[name]);
    return values.find((value) => value !== undefined && (value !== false || name === 'default')) ?? null;
  });
  return valueText(said) ?? '';
}

export function accepts(accepted: readonly string[], type: Type): boolean {
  return accepted.includes(type) || (type === 'integer' && accepted.includes('number'));
}

export function typesOf({ schema }: Rooted): readonly string[] {
  const { type } = (schema ?? {}) as Schema;
  return type === undefined ? types : typeof type === 'string' ? [type] : type;
}

/** Whether a value may match a part: `false` only when it certainly does not. */
export function mayHold(value: unknown, part: Rooted): boolean {
  if (!accepts(typesOf(part), typeOf(value))) return false;
  const values = valuesOf(part);
  return values === undefined || values.some((one) => valueText(one) === valueText(value));
}

function alternativesOf(schema: unknown): readonly unknown[] | undefined {
  const { anyOf, oneOf } = (schema ?? {}) as Schema;
  return anyOf ?? (oneOf as readonly unknown[] | undefined);
}

function valuesOf({ schema }: Rooted): readonly unknown[] | undefined {
  const { enum: values } = (schema ?? {}) as Schema;
  return (schema as object | null) && 'const' in Object(schema) ? [(schema as Schema).const] : values;
}
