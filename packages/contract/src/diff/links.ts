import { type OpenApiDocument, operationsIn } from '../document/document.ts';
import { dereference, pointerTo, valueAt } from '../document/pointer.ts';
import { type Difference, keyOf } from './operations.ts';
import { valueText } from './subschema/canonical.ts';

/** A link of a response. */
interface Link {
  readonly name: string;
  readonly pointer: string;
  /** What it calls, as text. */
  readonly call: string | undefined;
}

/**
 * Finds links of responses that lead to another call than before. Callers may follow them, so such a change breaks
 * some. The engine only reports links that were added or removed.
 */
export function findLinkChanges(before: OpenApiDocument, after: OpenApiDocument): Difference[] {
  const old = linksOf(before);
  return [...linksOf(after)].flatMap(([key, { call, pointer, name }]): Difference[] => {
    const known = old.get(key);
    if (!known || known.call === call) return [];
    return [{ what: `The link \`${name}\` leads to another call.`, level: 'major', pointer, inBaseline: false }];
  });
}

/** The links by operation, status and name. */
function linksOf(document: OpenApiDocument): Map<string, Link> {
  const found = new Map<string, Link>();
  for (const operation of operationsIn(document)) {
    for (const [status, response] of Object.entries(operation.node.responses)) {
      const links = valueAt(dereference(document, response), ['links']) ?? {};
      for (const [name, link] of Object.entries(links)) {
        const { description, ...rest } = dereference(document, link) as Record<string, unknown>;
        const call = valueText(Object.fromEntries(Object.entries(rest).filter(([member]) => !member.startsWith('x-'))));
        const pointer = pointerTo(operation.pointer, 'responses', status, 'links', name);
        found.set(`${keyOf(operation)} ${status} ${name}`, { name, pointer, call });
      }
    }
  }
  return found;
}
