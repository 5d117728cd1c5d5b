import { segmentsOf } from '../document/pointer.ts';
import type { EngineChange } from './engine.ts';
import { keepsPlaces } from './harmless.ts';

const nouns: Readonly<Record<string, string>> = {
  MediaType: 'Content type',
  SecurityScheme: 'Security scheme',
  Example: 'Example',
  ExamplesMap: 'Example',
};

/**
 * What changed, as a sentence: the engine's own where it has one, except that it calls alternatives subschemas.
 *
 * @param spelling how a header is written now, where nothing else has changed
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

/** A component or a path that has another name, which the wire does not show. */
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

const show = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const list = (values: readonly unknown[]): string => values.map(show).join(', ');
const isLong = (value: unknown): boolean => value !== undefined && show(value).length > 40;
