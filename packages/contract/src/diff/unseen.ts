import type { OpenApiDocument } from '../document/document.ts';
import { segmentsOf, valueAt } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';
import type { Audience, Change } from './change.ts';
import type { EngineChange } from './engine.ts';
import type { Difference } from './operations.ts';
import { isTextual } from './rate.ts';
import { compareSchemas, type Relation } from './relation.ts';
import { rootsOf } from './roots.ts';
import { type Rooted, valueText } from './subschema/canonical.ts';

/** A change of the engine, with the level and the audience that it got. */
type RatedChange = EngineChange & { readonly rating: Pick<Change, 'level' | 'audience'> | undefined };

/** The schemas of both contracts without what changed, by operation and use. */
interface Remainder {
  readonly before: ReadonlyMap<string, Rooted>;
  readonly after: ReadonlyMap<string, Rooted>;
}

/**
 * Finds schemas of operations that no longer mean the same, where the changes that the engine reports do not explain
 * it. The engine does not see, for example, the order of `prefixItems` or the mapping of a discriminator.
 */
export function findUnseenChanges(
  found: readonly RatedChange[],
  before: OpenApiDocument,
  after: OpenApiDocument,
): Difference[] {
  const [old, now] = [rootsOf(before), rootsOf(after)];
  // The engine compares what a mapping names as if it were part of the schema.
  const seen = found.filter((change) => !change.path.includes('/discriminator/') && !isTextual(change));
  const remainders = remaindersOf(seen, before, after);
  return [...now].flatMap(([key, { schema, pointer, audience }]): Difference[] => {
    const known = old.get(key);
    if (!known) return [];
    const [one, two] = [
      { schema: known.schema, document: before },
      { schema, document: after },
    ];
    const relation = compareSchemas(one, two, audience);
    if (relation === 'same') return [];
    const components = new Set([...componentsOf(one.schema, before), ...componentsOf(schema, after)]);
    const own = seen.filter(({ path, base, revision }) => {
      const places = [base, revision].map((place) => place?.pointer.split('/').slice(0, 4).join('/') ?? '');
      return [known.pointer, pointer].some((root) => path.startsWith(root)) || places.some((at) => components.has(at));
    });
    const unseen = own.length === 0 ? relation : relationBeside(own, key, audience, remainders);
    if (unseen === 'same') return [];
    const what = 'The schema no longer means the same.';
    return [{ what, level: unseen === 'compatible' ? 'minor' : 'major', pointer, inBaseline: false }];
  });
}

/** Compares a schema before and after, apart from the changes that the engine reports for it. */
function relationBeside(
  seen: readonly RatedChange[],
  key: string,
  audience: readonly Audience[],
  remainders: readonly Remainder[],
): Relation {
  const isBroken = (one: Audience) =>
    seen.some(({ rating }) => rating?.level === 'major' && rating.audience.includes(one));
  if (audience.every(isBroken)) return 'same'; // a second change cannot raise the level
  const isExplained = remainders.some(({ before, after }) => {
    const [old, now] = [before.get(key), after.get(key)];
    return !old || !now || compareSchemas(old, now, audience) !== 'unknown';
  });
  return isExplained ? 'same' : 'unknown';
}

/**
 * Leaves out of each contract what changed in it. A component may have changed for only one of its uses, so the second
 * remainder also leaves out what the other contract has at the same places.
 */
function remaindersOf(seen: readonly EngineChange[], before: OpenApiDocument, after: OpenApiDocument): Remainder[] {
  const placed = seen.filter(({ property }) => property !== 'key' && property !== 'name');
  const keywords = placed.filter(({ property }) => property !== undefined);
  const [old, now] = [pointersOf('base', placed), pointersOf('revision', placed)];
  const kept = (['base', 'revision'] as const)
    .flatMap((side) => pointersOf(side, keywords))
    .filter((pointer) => {
      const [one, other] = [before, after].map((document) => valueText(valueAt(document, segmentsOf(pointer))));
      return one === other;
    });
  return [
    { before: rootedWithout(before, old), after: rootedWithout(after, now) },
    { before: rootedWithout(before, [...old, ...kept]), after: rootedWithout(after, [...now, ...kept]) },
  ];
}

/** Where the changes are in one of the contracts. Whole components do not count: they are compared where they are used. */
function pointersOf(side: 'base' | 'revision', changes: readonly EngineChange[]): string[] {
  const pointers = changes.flatMap((change) => (change[side]?.value === undefined ? [] : [change[side].pointer]));
  return pointers.filter((pointer) => !/^#\/components\/[^/]+\/[^/]+$/.test(pointer));
}

function rootedWithout(document: OpenApiDocument, pointers: readonly string[]): Map<string, Rooted> {
  const rest = without(document, pointers);
  return new Map([...rootsOf(rest)].map(([key, { schema }]) => [key, { schema, document: rest }]));
}

/** A copy of a document without what some pointers name, and without empty lists. */
function without(document: OpenApiDocument, pointers: readonly string[]): OpenApiDocument {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  const gone = pointers.flatMap((pointer) => {
    const segments = segmentsOf(pointer);
    const [owner, name] = [valueAt(copy, segments.slice(0, -1)), segments.at(-1) ?? ''];
    return typeof owner === 'object' && owner !== null && Object.hasOwn(owner, name) ? [{ owner, name }] : [];
  });
  for (const { owner, name } of gone) if (!Array.isArray(owner)) Reflect.deleteProperty(owner, name);
  for (const owner of new Set(gone.map((one) => one.owner).filter(Array.isArray))) {
    const indices = gone.filter((one) => one.owner === owner).map(({ name }) => name);
    owner.splice(0, owner.length, ...owner.filter((_, index) => !indices.includes(String(index))));
  }
  return JSON.parse(JSON.stringify(copy), (_, value) =>
    Array.isArray(value) && value.length === 0 ? undefined : value,
  );
}

/** The components that a schema refers to, at any depth. */
function componentsOf(schema: unknown, document: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, member] of Object.entries(schema as Schema)) {
    if (key !== '$ref' || typeof member !== 'string') componentsOf(member, document, found);
    else if (!found.has(member)) componentsOf(valueAt(document, segmentsOf(member)), document, found.add(member));
  }
  return found;
}
