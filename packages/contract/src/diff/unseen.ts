import { methods, type OpenApiDocument, operationsIn, pointerTo } from '../document/document.ts';
import { segmentsOf, valueAt } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';
import type { Audience, Change } from './change.ts';
import type { EngineChange } from './engine.ts';
import { keyOf } from './operations.ts';
import { isTextual } from './rate.ts';
import { compareSchemas, type Relation, resolved } from './relation.ts';
import type { Finding } from './security.ts';
import type { Rooted } from './subschema.ts';

/** A schema that an operation sends or receives, and where the operation has it. */
interface Root {
  readonly schema: unknown;
  readonly pointer: string;
  readonly audience: readonly Audience[];
}

/** A change with what was found out about it. */
type RatedChange = EngineChange & { readonly rating: Pick<Change, 'level' | 'audience'> | undefined };

type Members = Readonly<Record<string, unknown>>;

const both: readonly Audience[] = ['reader', 'writer'];

/**
 * Finds the schemas of operations that do not mean the same as before and of which the engine reports nothing: it does
 * not see, for example, the order of `prefixItems` or the mapping of a discriminator.
 */
export function findUnseenChanges(found: readonly RatedChange[], before: unknown, after: unknown): Finding[] {
  const [old, now] = [rootsOf(before), rootsOf(after)];
  // The engine compares what a mapping leads to, as if it were a part of the schema.
  const seen = found.filter((change) => !change.path.includes('/discriminator/') && !isTextual(change));
  const explanations = rootsWithout(seen, before, after);
  return [...now].flatMap(([key, { schema, pointer, audience }]): Finding[] => {
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
    const what = 'The schema no longer means the same.';
    const level = own.length === 0 ? relation : relationBeside(own, key, audience, explanations);
    if (level === 'same') return [];
    return [{ what, level: level === 'compatible' ? 'minor' : 'major', pointer, inBaseline: false }];
  });
}

/** How the old and the new schema of a root differ in what none of the changes that were seen says. */
function relationBeside(
  seen: readonly RatedChange[],
  key: string,
  audience: readonly Audience[],
  explanations: readonly Explanation[],
): Relation {
  const isBreaking = (one: Audience) =>
    seen.some(({ rating }) => rating?.level === 'major' && rating.audience.includes(one));
  if (audience.every(isBreaking)) return 'same';
  const isExplained = explanations.some(({ before, after }) => {
    const [old, now] = [before.get(key), after.get(key)];
    return !old || !now || compareSchemas(old, now, audience) !== 'unknown';
  });
  return isExplained ? 'same' : 'unknown';
}

/** Both contracts by their roots, without what has changed. */
interface Explanation {
  readonly before: ReadonlyMap<string, Rooted>;
  readonly after: ReadonlyMap<string, Rooted>;
}

/**
 * Leaves out what was seen to change, and then also what stands at the same places of the other contract: a component
 * may have changed for one of its uses alone.
 */
function rootsWithout(seen: readonly EngineChange[], before: unknown, after: unknown): Explanation[] {
  const placed = seen.filter(({ property }) => property !== 'key' && property !== 'name');
  const pointersOf = (side: 'base' | 'revision', changes: readonly EngineChange[]) =>
    changes.flatMap((change) => (change[side]?.value === undefined ? [] : [change[side].pointer])).filter(isInside);
  const [old, now] = [pointersOf('base', placed), pointersOf('revision', placed)];
  const keywords = placed.filter(({ property }) => property !== undefined);
  const [oldKeywords, nowKeywords] = [pointersOf('base', keywords), pointersOf('revision', keywords)];
  const rooted = (document: unknown, pointers: readonly string[]) => {
    const left = without(document, pointers);
    return new Map([...rootsOf(left)].map(([key, { schema }]) => [key, { schema, document: left }]));
  };
  return [
    { before: rooted(before, old), after: rooted(after, now) },
    { before: rooted(before, [...old, ...nowKeywords]), after: rooted(after, [...now, ...oldKeywords]) },
  ];
}

/** Whether a pointer leads into something: a whole component is compared where it is used. */
const isInside = (pointer: string): boolean => !/^#\/components\/[^/]+\/[^/]+$/.test(pointer);

/** A copy of a document that lacks what stands at some pointers, and lists that have nothing left. */
function without(document: unknown, pointers: readonly string[]): unknown {
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

/** The schemas of all operations by what they are for. */
function rootsOf(document: unknown): Map<string, Root> {
  const roots = new Map<string, Root>();
  const add = (key: string, owner: unknown, pointer: string, audience: readonly Audience[]): void => {
    const { schema, content } = (resolved(document, owner) ?? {}) as { schema?: unknown; content?: object };
    if (schema !== undefined) roots.set(key, { schema, pointer: pointerTo(pointer, 'schema'), audience });
    for (const [type, media] of Object.entries(content ?? {})) {
      add(`${key} ${type}`, media, pointerTo(pointer, 'content', type), audience);
    }
  };
  const addParameters = (key: string, list: unknown, pointer: string, audience: readonly Audience[]): void => {
    for (const [index, parameter] of ((list as unknown[] | undefined) ?? []).entries()) {
      const { name, in: where } = resolved(document, parameter) as { name: string; in: string };
      add(`${key} ${where} ${name.toLowerCase()}`, parameter, pointerTo(pointer, index), audience);
    }
  };
  const addOperation = (key: string, node: Members, pointer: string, isCalledBack: boolean): void => {
    const [writer, reader] = isCalledBack ? [both, both] : [['writer'] as const, ['reader'] as const];
    addParameters(key, node.parameters, pointerTo(pointer, 'parameters'), writer);
    add(`${key} request`, node.requestBody, pointerTo(pointer, 'requestBody'), writer);
    for (const [status, response] of Object.entries((node.responses ?? {}) as Members)) {
      const at = pointerTo(pointer, 'responses', status);
      add(`${key} ${status}`, response, at, reader);
      const { headers } = resolved(document, response) as { headers?: object };
      for (const [name, header] of Object.entries(headers ?? {})) {
        add(`${key} ${status} header ${name.toLowerCase()}`, header, pointerTo(at, 'headers', name), reader);
      }
    }
    for (const [name, callback] of Object.entries((node.callbacks ?? {}) as Members)) {
      addItems(`${key} ${name}`, resolved(document, callback), pointerTo(pointer, 'callbacks', name));
    }
  };
  /** What the service itself calls. */
  const addItems = (key: string, items: unknown, pointer: string): void => {
    for (const [path, reference] of Object.entries((items ?? {}) as Members)) {
      const item = (resolved(document, reference) ?? {}) as Members;
      addParameters(`${key} ${path}`, item.parameters, pointerTo(pointer, path, 'parameters'), both);
      for (const method of methods.filter((name) => item[name])) {
        addOperation(`${key} ${path} ${method}`, item[method] as Members, pointerTo(pointer, path, method), true);
      }
    }
  };
  for (const operation of operationsIn(document as OpenApiDocument)) {
    const { node, pointer, path } = operation;
    const key = keyOf(operation);
    const shared = valueAt(document, ['paths', path, 'parameters']);
    addParameters(key, shared, pointerTo('#', 'paths', path, 'parameters'), ['writer']);
    addOperation(key, node as unknown as Members, pointer, false);
  }
  addItems('webhook', valueAt(document, ['webhooks']), '#/webhooks');
  return roots;
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
