import { segmentsOf, valueAt } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';
import type { Audience } from './change.ts';
import type { EngineChange } from './engine.ts';
import { areExclusive, concernsMember, isWithin, matches, partsOf, type Rooted, valueText } from './subschema.ts';

/** What is proven of a change inside a schema: that its callers see the same as before, or no more than they can take. */
export type Relation = 'same' | 'compatible' | 'unknown';

/** Steps into a schema: a keyword alone, and a keyword with a name or number. */
const single = ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else', 'contains'];
const double = ['properties', 'patternProperties', 'dependentSchemas', 'allOf', 'anyOf', 'oneOf', 'prefixItems'];

/** Keywords below which a schema that accepts more may make the one above accept less. */
const turning = new Set(['not', 'if', 'contains']);
/** The same, where alternatives overlap: what accepted one of them may accept two. */
const exclusive = 'oneOf';

interface Position {
  readonly pointer: readonly string[];
  readonly turned: boolean;
}

/** The schemas around a place, from the outermost to the innermost; none where the place is in no schema. */
function schemasAround(segments: readonly string[]): Position[] {
  const inComponents = segments[0] === 'components' && segments[1] === 'schemas';
  const root = inComponents ? 3 : segments.indexOf('schema') + 1;
  if (root === 0 || segments.length < root) return [];
  const found: Position[] = [{ pointer: segments.slice(0, root), turned: false }];
  let turned = false;
  for (let index = root; index < segments.length; ) {
    const step = segments[index] ?? '';
    const length = single.includes(step) ? 1 : double.includes(step) ? 2 : Number.POSITIVE_INFINITY;
    if (segments.length < index + length) break;
    turned ||= turning.has(step) || step === exclusive;
    index += length;
    found.push({ pointer: segments.slice(0, index), turned });
  }
  return found;
}

/** How much of a change's path lies in the component that changed: what is around it is only one of its uses. */
function lengthInComponent(change: EngineChange): number | undefined {
  const path = segmentsOf(change.path);
  const lengths = [change.base, change.revision].map((place) => {
    const segments = segmentsOf(place?.pointer ?? '');
    if (segments[0] !== 'components' || segments[1] !== 'schemas') return path.length;
    const inner = segments.slice(3);
    const found = [inner, inner.slice(0, -1)].find((tail) =>
      tail.every((step, at) => step === path.at(at - tail.length)),
    );
    return found?.length;
  });
  return lengths.includes(undefined) ? undefined : Math.min(...lengths.map(Number));
}

/** What stands at a place, with references followed on the way. */
function followed(document: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>((value, segment) => valueAt(resolved(document, value), [segment]), document);
}

export function resolved(document: unknown, value: unknown, depth = 0): unknown {
  const reference = (value as Schema | null | undefined)?.$ref;
  if (typeof reference !== 'string' || depth > 99) return value;
  return resolved(document, valueAt(document, segmentsOf(reference)), depth + 1);
}

/**
 * Finds the components that stand below a keyword that turns more into less, by their references.
 *
 * @param names the properties that are all that changes, if so
 */
function turnedComponents(document: unknown, names?: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown, isTurned: boolean): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === '$ref' && typeof member === 'string') {
        if (!isTurned || found.has(member)) continue;
        found.add(member);
        visit(valueAt(document, segmentsOf(member)), true);
      } else visit(member, isTurned || turning.has(key) || (key === exclusive && mayOverlap(member, document, names)));
    }
  };
  visit(document, false);
  return found;
}

/** Whether a change is below a keyword that turns more into less, in its own schema or where a component is used. */
export function isTurned(change: EngineChange, ...documents: readonly unknown[]): boolean {
  const names = addedProperties(change);
  if (isTurnedWhereUsed(change, documents, names)) return true;
  const path = segmentsOf(change.path);
  const around = schemasAround(path).filter(({ pointer }) => path[pointer.length] === exclusive);
  const lists = around.map(({ pointer }) => [...pointer, exclusive]);
  if (documents.some((one) => lists.some((list) => mayOverlap(followed(one, list), one, names)))) return true;
  const inner = schemasAround(segmentsOf((change.revision ?? change.base)?.pointer ?? '')).at(-1);
  return (
    inner?.pointer.some((step, index, all) => turning.has(step) && !double.includes(all[index - 1] ?? '')) ?? false
  );
}

/** Steps from a schema to another one about the same value. */
const aside = ['allOf', 'anyOf', 'oneOf', 'dependentSchemas', 'not', 'if', 'then', 'else'];

/**
 * Whether the contract already said something of the properties that a change adds: what callers send or read under
 * these names need not be what the new properties hold. Where it said that there are none, this concerns readers alone.
 */
export function wasNamed(change: EngineChange, audience: readonly Audience[], before: unknown): boolean {
  const path = segmentsOf(change.path);
  const around = schemasAround(path.slice(0, path.lastIndexOf('properties')));
  const outermost = around.findLastIndex(({ pointer }, index) => {
    const above = around[index - 1]?.pointer.length;
    return above === undefined || !aside.includes(pointer[above] ?? '');
  });
  const owner = followed(before, around[outermost]?.pointer ?? []);
  const rooted = { schema: owner, document: before };
  return owner === undefined || (addedProperties(change) ?? []).some((name) => saysOf(rooted, name, audience));
}

/** Whether a schema says of members by this name what they are, or whether they may be there at all. */
function saysOf(rooted: Rooted, name: string, audience: readonly Audience[], depth = 0): boolean {
  return partsOf(rooted).some(({ schema, document }) => {
    if (typeof schema !== 'object' || schema === null || depth > 9) return schema === false;
    const { properties, patternProperties, additionalProperties, unevaluatedProperties, ...rest } = schema as Schema;
    const named = Object.hasOwn(properties ?? {}, name);
    const patterned = Object.keys(patternProperties ?? {}).some((pattern) => matches(pattern, name));
    const others = [additionalProperties, unevaluatedProperties].filter((one) => one !== undefined && one !== true);
    const isLimited = others.some((one) => one !== false || audience.includes('reader'));
    if (named || patterned || isLimited || rest.propertyNames !== undefined) return true;
    const { dependentSchemas, anyOf = [], oneOf = [], if: condition, then, else: otherwise, not } = rest as Combined;
    const inner = [...anyOf, ...oneOf, condition, then, otherwise, not, ...Object.values(dependentSchemas ?? {})];
    const alternatives = inner.filter((one) => typeof one === 'object');
    return alternatives.some((one) => saysOf({ schema: one, document }, name, audience, depth + 1));
  });
}

interface Combined extends Readonly<Record<string, unknown>> {
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly dependentSchemas?: object;
}

/** The properties that a change adds, where it does nothing else. */
function addedProperties({ kind, typeName, revision }: EngineChange): readonly string[] | undefined {
  const segments = segmentsOf(revision?.pointer ?? '');
  if (kind !== 'added') return undefined;
  if (typeName === 'SchemaProperties') return Object.keys(revision?.value ?? {});
  return typeName === 'Schema' && segments.at(-2) === 'properties' ? segments.slice(-1) : undefined;
}

/**
 * Whether a value may obey two of the alternatives.
 *
 * @param names properties that no value had so far: where one alternative alone says something of them, it obeys as many
 * as before
 */
function mayOverlap(alternatives: unknown, document: unknown, names?: readonly string[]): boolean {
  if (!Array.isArray(alternatives) || areExclusive(alternatives, document)) return false;
  const concerned = (name: string) => alternatives.filter((schema) => concernsMember({ schema, document }, name));
  return names === undefined || names.some((name) => concerned(name).length > 1);
}

function isTurnedWhereUsed({ base, revision }: EngineChange, documents: readonly unknown[], names?: readonly string[]) {
  const components = [base, revision].map((place) => place?.pointer.split('/').slice(0, 4).join('/') ?? '');
  return documents.some((document) => {
    const turned = turnedComponents(document, names);
    return components.some((component) => turned.has(component));
  });
}

/**
 * Compares what a schema around a change accepts before and after.
 *
 * @param before the contract before the change, bundled
 * @param after the contract after it
 */
export function relationOf(
  change: EngineChange,
  audience: readonly Audience[],
  before: unknown,
  after: unknown,
): Relation {
  let best: Relation = 'unknown';
  const inComponent = lengthInComponent(change);
  if (inComponent === undefined) return 'unknown';
  const path = segmentsOf(change.path);
  const isUsedTurned = isTurnedWhereUsed(change, [before, after]);
  for (const { pointer, turned } of schemasAround(path)) {
    if (pointer.length < path.length - inComponent) continue;
    const [old, now] = [before, after].map((document): Rooted => ({ schema: followed(document, pointer), document }));
    if (old?.schema === undefined || now?.schema === undefined) continue;
    const relation = compareSchemas(old, now, audience);
    if (relation === 'same') return 'same';
    if (relation === 'compatible' && !turned && !isUsedTurned) best = 'compatible';
  }
  return best;
}

/** Compares what two schemas accept and name. */
export function compareSchemas(old: Rooted, now: Rooted, audience: readonly Audience[]): Relation {
  if (!keepsNames(old, now)) return 'unknown';
  const [widens, narrows] = [isWithin(old, now), isWithin(now, old)];
  if (widens && narrows && namesIn(old, true) === namesIn(now, true)) return 'same';
  return audience.every((one) => (one === 'writer' ? widens : narrows)) ? 'compatible' : 'unknown';
}

/** Whether each property that callers know by name still has that name. */
function keepsNames(old: Rooted, now: Rooted): boolean {
  const kept = new Set(namesOf(now, false));
  return namesOf(old, false).every((name) => kept.has(name));
}

const namesIn = (rooted: Rooted, withValues: boolean): string =>
  [...new Set(namesOf(rooted, withValues))].sort().join('\n');

/** What a schema names: its properties, and the values that it knows even where it accepts any other. */
function namesOf({ schema, document }: Rooted, withValues: boolean): string[] {
  const names: string[] = [];
  const visit = (value: unknown, place: string, above: readonly unknown[]): void => {
    if (typeof value !== 'object' || value === null || above.includes(value)) return;
    const { $ref, properties, items, additionalProperties, ...rest } = value as Schema;
    const inner = [...above, value];
    if (withValues) {
      const values = 'const' in rest ? [rest.const] : (rest.enum ?? []);
      names.push(...values.map((known) => `${place}=${valueText(known)}`));
    }
    if ($ref !== undefined) visit(valueAt(document, segmentsOf($ref)), place, inner);
    for (const [name, member] of Object.entries(properties ?? {})) {
      names.push(`${place}.${name}`);
      visit(member, `${place}.${name}`, inner);
    }
    visit(items, `${place}[]`, inner);
    visit(additionalProperties, `${place}{}`, inner);
    for (const part of ['allOf', 'anyOf', 'oneOf', 'prefixItems']) {
      for (const alternative of (rest[part] as unknown[] | undefined) ?? []) visit(alternative, place, inner);
    }
  };
  visit(schema, '', []);
  return names;
}
