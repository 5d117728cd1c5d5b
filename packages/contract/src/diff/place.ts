import { segmentsOf, valueAt } from '../document/pointer.ts';

/** Steps of a pointer that say nothing to a reader; those in `numbered` are followed by an index. */
const silent = new Set([
  'properties',
  'content',
  'application/json',
  'schema',
  'responses',
  'components',
  'paths',
  'items',
]);
const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
const numbered = new Set(['anyOf', 'allOf', 'oneOf', 'examples', 'security', 'tags', 'servers']);

/** A pointer in the contract's own words: `Session.url`, `issueToken 404`, `getSessionStatus parameter lang`. */
export function placeOf(pointer: string, document: unknown): string {
  const segments = segmentsOf(pointer);
  const [section, , name = ''] = segments;
  if (section === 'components') return [name, ...rest(segments, 3, document, '.')].join('');
  if (section !== 'paths') return segments.join('.') || 'the contract';
  const [, path = '', method] = segments;
  if (method === undefined) return path;
  if (!methods.has(method)) return [path, ...rest(segments, 2, document, ' ')].join('');
  const operationId = valueAt(document, [...segments.slice(0, 3), 'operationId']);
  const operation = typeof operationId === 'string' ? operationId : `${method.toUpperCase()} ${path}`;
  return [operation, ...rest(segments, 3, document, ' ')].join('');
}

function rest(segments: readonly string[], from: number, document: unknown, separator: string): string[] {
  const words: string[] = [];
  for (let index = from; index < segments.length; index += 1) {
    const segment = segments[index] ?? '';
    const next = segments[index + 1];
    if (segment === 'parameters' && next !== undefined) {
      const name = valueAt(document, [...segments.slice(0, index + 2), 'name']);
      words.push(`${separator}parameter ${typeof name === 'string' ? name : next}`);
      index += 1;
    } else if (numbered.has(segment) && next !== undefined && /^\d+$/.test(next)) {
      if (segment === 'servers') words.push(separator + segment);
      index += 1;
    } else if (segment === 'properties' && next !== undefined) {
      words.push(`.${next}`);
      index += 1;
    } else if (!silent.has(segment)) {
      words.push(separator + (segment === 'requestBody' ? 'request' : segment));
    }
  }
  return words;
}
