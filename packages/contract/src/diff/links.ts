import { type OpenApiDocument, operationsIn, pointerTo } from '../document/document.ts';
import { valueAt } from '../document/pointer.ts';
import { keyOf } from './operations.ts';
import { resolved } from './relation.ts';
import type { Finding } from './security.ts';
import { valueText } from './subschema.ts';

/**
 * Finds the links of responses that lead to another call than before. Callers may follow them, so that this breaks some
 * of them. The engine reports only links that are new or gone.
 */
export function findLinkChanges(before: unknown, after: unknown): Finding[] {
  const old = linksOf(before);
  return [...linksOf(after)].flatMap(([key, { text, pointer, name }]): Finding[] => {
    const known = old.get(key);
    if (!known || known.text === text) return [];
    return [{ what: `The link \`${name}\` leads to another call.`, level: 'major', pointer, inBaseline: false }];
  });
}

/** What each link means, by its operation, its status and its name. */
function linksOf(document: unknown) {
  const found = new Map<
    string,
    { readonly text: string | undefined; readonly pointer: string; readonly name: string }
  >();
  for (const operation of operationsIn(document as OpenApiDocument)) {
    for (const [status, response] of Object.entries(operation.node.responses)) {
      const links = valueAt(resolved(document, response), ['links']) ?? {};
      for (const [name, link] of Object.entries(links)) {
        const { description, ...rest } = resolved(document, link) as Record<string, unknown>;
        const told = Object.entries(rest).filter(([member]) => !member.startsWith('x-'));
        const pointer = pointerTo(operation.pointer, 'responses', status, 'links', name);
        found.set(`${keyOf(operation)} ${status} ${name}`, {
          text: valueText(Object.fromEntries(told)),
          pointer,
          name,
        });
      }
    }
  }
  return found;
}
