import { dereference, segmentsOf, valueAt } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';
import type { Audience } from './change.ts';
import type { EngineChange } from './engine.ts';
import { type Rooted, valueText } from './subschema/canonical.ts';
import { areExclusive, concernsMember, isWithin } from './subschema.ts';

/** What is proven about a change inside a schema: it means the same to its callers, or they can handle what is new. */
export type Relation = 'same' | 'compatible' | 'unknown';

/** Steps into a schema: a keyword alone, and a keyword with a name or number. */
const single = ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else', 'contains'];
const double = ['properties', 'patternProperties', 'dependentSchemas', 'allOf', 'anyOf', 'oneOf', 'prefixItems'];

/** Below these keywords, a schema that accepts more can make the outer schema accept less. */
const turning = new Set(['not', 'if', 'contains']);
/** Like those, when alternatives overlap: a value that matched one of them can now match two. */
const exclusive = 'oneOf';

interface Position {
  readonly pointer: readonly string[];
  readonly turned: boolean;
}

/** Whether a change is below such a keyword, in its own schema or where its component is used. */
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

/**
 * Compares what the schemas around a change accept before and after it.
 *
 * @param before the contract before the change
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
  const common = lengthInCommon(change);
  for (const { pointer, turned } of schemasAround(path)) {
    if (pointer.length < path.length - inComponent || pointer.length > common) continue;
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

/** The names of the properties that a change adds; `undefined` when it does anything else. */
export function addedProperties({ kind, typeName, revision }: EngineChange): readonly string[] | undefined {
  const segments = segmentsOf(revision?.pointer ?? '');
  if (kind !== 'added') return undefined;
  if (typeName === 'SchemaProperties') return Object.keys(revision?.value ?? {});
  return typeName === 'Schema' && segments.at(-2) === 'properties' ? segments.slice(-1) : undefined;
}

/** The schemas around a place, from the outermost to the innermost; empty when the place is not in a schema. */
export function schemasAround(segments: readonly string[]): Position[] {
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

/** How many steps of a change's path lie in the component that changed. The others are only one use of it. */
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

/** How many steps of a change's path lead to the same place in both contracts: the engine pairs similar list items. */
function lengthInCommon(change: EngineChange): number {
  const path = segmentsOf(change.path);
  const lengths = [change.base, change.revision].map((place) => {
    const segments = segmentsOf(place?.pointer ?? '');
    const length = segments[0] === 'paths' ? path.findIndex((step, at) => at in segments && step !== segments[at]) : -1;
    return length === -1 ? path.length : length;
  });
  return Math.min(...lengths);
}

/** What is at a place, with references followed on the way. */
export function followed(document: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>((value, segment) => valueAt(dereference(document, value), [segment]), document);
}

/**
 * Finds the components that are referred to below such a keyword.
 *
 * @param names the added properties, when the change adds nothing else
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

/**
 * Whether a value may match two of the alternatives.
 *
 * @param names properties that no value had before. If only one alternative describes them, each value matches as many
 * alternatives as before.
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

/** Whether every property still has its name. */
function keepsNames(old: Rooted, now: Rooted): boolean {
  const kept = new Set(namesOf(now, false));
  return namesOf(old, false).every((name) => kept.has(name));
}

function namesIn(rooted: Rooted, withValues: boolean): string {
  return [...new Set(namesOf(rooted, withValues))].sort().join('\n');
}

/** What a schema names: its properties, and on request its known values. */
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
