import { type OpenApiDocument, operationsIn } from '../document/document.ts';
import { dereference, pointerTo, segmentsOf, valueAt } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';
import type { Audience } from './change.ts';
import type { EngineChange } from './engine.ts';
import { type Difference, keyOf } from './operations.ts';
import { compareSchemas } from './relation.ts';

/** A schema that an operation sends or receives. */
interface Root {
  readonly schema: unknown;
  readonly pointer: string;
  readonly audience: Audience;
}

/**
 * Finds schemas of operations that no longer mean the same, without a report of the engine. The engine does not see,
 * for example, the order of `prefixItems` or the mapping of a discriminator.
 */
export function findUnseenChanges(
  found: readonly EngineChange[],
  before: OpenApiDocument,
  after: OpenApiDocument,
): Difference[] {
  const [old, now] = [rootsOf(before), rootsOf(after)];
  // The engine compares what a mapping names as if it were part of the schema.
  const seen = found.filter(({ path }) => !path.includes('/discriminator/'));
  return [...now].flatMap(([key, { schema, pointer, audience }]): Difference[] => {
    const known = old.get(key);
    if (!known) return [];
    const [one, two] = [
      { schema: known.schema, document: before },
      { schema, document: after },
    ];
    const relation = compareSchemas(one, two, [audience]);
    if (relation === 'same') return [];
    const components = new Set([...componentsOf(one.schema, before), ...componentsOf(schema, after)]);
    const isSeen = seen.some(({ path, base, revision }) => {
      const places = [base, revision].map((place) => place?.pointer.split('/').slice(0, 4).join('/') ?? '');
      return [known.pointer, pointer].some((root) => path.startsWith(root)) || places.some((at) => components.has(at));
    });
    if (isSeen) return [];
    const what = 'The schema no longer means the same.';
    return [{ what, level: relation === 'compatible' ? 'minor' : 'major', pointer, inBaseline: false }];
  });
}

/** The schemas of all operations by operation and use. */
function rootsOf(document: OpenApiDocument): Map<string, Root> {
  const roots = new Map<string, Root>();
  const add = (key: string, owner: unknown, pointer: string, audience: Audience): void => {
    const { schema, content } = (dereference(document, owner) ?? {}) as { schema?: unknown; content?: object };
    if (schema !== undefined) roots.set(key, { schema, pointer: pointerTo(pointer, 'schema'), audience });
    for (const [type, media] of Object.entries(content ?? {})) {
      add(`${key} ${type}`, media, pointerTo(pointer, 'content', type), audience);
    }
  };
  const addParameters = (key: string, list: unknown, pointer: string): void => {
    for (const [index, parameter] of ((list as unknown[] | undefined) ?? []).entries()) {
      const { name, in: where } = dereference(document, parameter) as { name: string; in: string };
      add(`${key} ${where} ${name.toLowerCase()}`, parameter, pointerTo(pointer, index), 'writer');
    }
  };
  for (const operation of operationsIn(document)) {
    const { node, pointer, path } = operation;
    const key = keyOf(operation);
    addParameters(key, valueAt(document, ['paths', path, 'parameters']), pointerTo('#', 'paths', path, 'parameters'));
    addParameters(key, node.parameters, `${pointer}/parameters`);
    add(`${key} request`, node.requestBody, `${pointer}/requestBody`, 'writer');
    for (const [status, response] of Object.entries(node.responses)) {
      const at = pointerTo(pointer, 'responses', status);
      add(`${key} ${status}`, response, at, 'reader');
      const { headers } = dereference(document, response) as { headers?: object };
      for (const [name, header] of Object.entries(headers ?? {})) {
        add(`${key} ${status} header ${name.toLowerCase()}`, header, pointerTo(at, 'headers', name), 'reader');
      }
    }
  }
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
