import { methods } from '../document/document.ts';
import { segmentsOf, valueAt } from '../document/pointer.ts';
import type { EngineChange } from './engine.ts';
import { keepsPlaces } from './harmless.ts';

const nouns: Readonly<Record<string, string>> = {
  MediaType: 'Content type',
  SecurityScheme: 'Security scheme',
  Example: 'Example',
  ExamplesMap: 'Example',
};

/** Steps of a pointer that are omitted. After a step in `numbered` comes an index. */
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
const numbered = new Set(['anyOf', 'allOf', 'oneOf', 'examples', 'security', 'tags', 'servers']);

/** A pointer in the contract's own words: `Session.url`, `issueToken 404`, `getSessionStatus parameter lang`. */
export function placeOf(pointer: string, document: unknown): string {
  const segments = segmentsOf(pointer);
  const [section, , name = ''] = segments;
  if (section === 'components') return [name, ...rest(segments, 3, document, '.')].join('');
  if (section !== 'paths') return segments.join('.') || 'the contract';
  const [, path = '', method] = segments;
  if (method === undefined) return path;
  if (!methods.includes(method)) return [path, ...rest(segments, 2, document, ' ')].join('');
  const operationId = valueAt(document, [...segments.slice(0, 3), 'operationId']);
  const operation = typeof operationId === 'string' ? operationId : `${method.toUpperCase()} ${path}`;
  return [operation, ...rest(segments, 3, document, ' ')].join('');
}

/**
 * What changed, as a sentence: the engine's own, unless it has none or only says that subschemas changed.
 *
 * @param spelling how the header's name is written now, if nothing else changed
 */
export function describeChange(change: EngineChange, place: string, spelling?: string): string {
  if (spelling !== undefined) return `The header is now written \`${spelling}\`. Responses stay the same.`;
  const { kind, property, base, revision } = change;
  const sentences = change.verdicts.filter(({ ruleId }) => ruleId !== 'schema-combinator-changed');
  if (sentences.length > 0) return sentences.map(({ message }) => message).join(' ');
  if (property === 'key') return describeName(change);
  if (kind !== 'modified' || property === undefined) return `${nounOf(change, place)} was ${kind}.`;
  if (property === 'name' && change.typeName === 'Parameter') {
    return `The parameter \`${base?.value}\` is now called \`${revision?.value}\`. Requests stay the same.`;
  }
  return describeKeyword(property, place, change);
}

/** A component or path that was renamed, which the wire does not show. */
function describeName({ typeName, base, revision }: EngineChange): string {
  const [from, to] = [base, revision].map((place) => segmentsOf(place?.pointer ?? ''));
  if (typeName === 'PathItem') {
    const isAddress = to?.length === 2 && to[0] === 'paths' && keepsPlaces(base, revision);
    return `The path is now written \`${revision?.value}\`.${isAddress ? ' Requests stay the same.' : ''}`;
  }
  if (from?.[0] !== 'components' && to?.[0] === 'components') return `\`${to?.at(-1)}\` is now a component.`;
  return `\`${from?.at(-1)}\` is now called \`${to?.at(-1)}\`. Requests and responses stay the same.`;
}

function nounOf({ typeName, base, revision }: EngineChange, place: string): string {
  const { pointer = '', value } = revision ?? base ?? {};
  const segments = segmentsOf(pointer);
  const [name = '', parent = '', owner = ''] = segments.toReversed();
  if (/^\d+$/.test(name) && ['anyOf', 'allOf', 'oneOf'].includes(parent)) {
    const noun = parent === 'allOf' ? 'Part' : 'Alternative';
    return `${noun} ${Number(name) + 1} of \`${owner === 'schema' ? place : owner}\``;
  }
  if (parent === 'properties') {
    return `Property \`${name}\` of \`${owner === 'schema' ? place.slice(0, -name.length - 1) : owner}\``;
  }
  if (typeName === 'PathItem') return `Path \`${name}\` with ${operationsOf(value)}`;
  const { name: parameter, in: where } = (value ?? {}) as Record<string, unknown>;
  if (typeName === 'Parameter') return `Optional \`${parameter}\` ${where} parameter`;
  if (typeName === 'RequestBody') return 'The request body';
  if (typeName === 'Operation') return `Operation \`${place}\``;
  if (['Schema', 'Response', 'Header', 'Tag', 'Link', 'Callback'].includes(typeName)) {
    return name === 'schema' ? `The schema of \`${place}\`` : `${typeName} \`${name}\``;
  }
  const noun = nouns[typeName];
  if (noun !== undefined) return `${noun} \`${name}\``;
  return parent === ''
    ? `\`${name}\``
    : `\`${name}\` of \`${parent === 'schema' ? place.replace(` ${name}`, '') : parent}\``;
}

function operationsOf(pathItem: unknown): string {
  const operations = Object.values(pathItem ?? {}).map((operation) => operation?.operationId);
  return list(operations.filter((id) => typeof id === 'string'));
}

function describeKeyword(property: string, place: string, { base, revision }: EngineChange): string {
  const [before, after] = [base?.value, revision?.value];
  if (Array.isArray(before) && Array.isArray(after)) {
    const gained = after.filter((value) => !before.includes(value));
    const lost = before.filter((value) => !after.includes(value));
    if (gained.length + lost.length === 0) return `\`${property}\` of \`${place}\` changed its order.`;
    const parts = [gained.length > 0 && `gained ${list(gained)}`, lost.length > 0 && `lost ${list(lost)}`];
    return `\`${property}\` of \`${place}\` ${parts.filter(Boolean).join(' and ')}.`;
  }
  if (isLong(before) || isLong(after)) return `\`${property}\` of \`${place}\` changed.`;
  if (before === undefined) return `\`${property}\` of \`${place}\` was set to ${show(after)}.`;
  if (after === undefined) return `\`${property}\` of \`${place}\` was removed.`;
  return `\`${property}\` of \`${place}\` changed from ${show(before)} to ${show(after)}.`;
}

function show(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function list(values: readonly unknown[]): string {
  return values.map(show).join(', ');
}

function isLong(value: unknown): boolean {
  return value !== undefined && show(value).length > 40;
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
