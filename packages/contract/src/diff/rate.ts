import { highestLevel } from '../level.ts';
import { openEnumValues, type Schema } from '../schema.ts';
import type { Audience, Change } from './change.ts';
import type { EngineChange } from './engine.ts';
import { segmentsOf, valueAt } from './pointer.ts';

/** Keywords and objects that inform people and oblige nobody. */
const textual = {
  properties: new Set([
    'description',
    'summary',
    'title',
    'example',
    'examples',
    'externalDocs',
    'tags',
    'contact',
    'license',
    'termsOfService',
  ]),
  types: new Set(['Example', 'ExamplesMap', 'Tag', 'TagList', 'ExternalDocs', 'Contact', 'License', 'Info']),
};

export function isTextual({ property, typeName }: EngineChange): boolean {
  return property === undefined
    ? textual.types.has(typeName)
    : textual.properties.has(property) || property.startsWith('x-') || textual.types.has(typeName);
}

/**
 * The level of a change: the engine's, except that
 * - an open enum that gains or loses a value breaks nobody, since it takes every other; a response's closed enum that
 *   gains one breaks its readers;
 * - an object that a request carries and that takes no more unknown members breaks its writers;
 * - what changes the shape and breaks nobody is a minor change, also where the engine calls it a patch.
 *
 * @param document the contract after the change, bundled
 */
export function levelOf(change: EngineChange, audience: readonly Audience[], document: unknown): Change['level'] {
  const verdicts = change.verdicts.map(({ ruleId, impact }) =>
    ruleId.startsWith('enum-values-') ? (isOpenEnum(change, document) ? 'minor' : 'major') : impact,
  );
  const level = highestLevel(verdicts);
  if (level === 'major' || closesRequest(change, audience)) return 'major';
  if (level !== 'none') return level;
  return isTextual(change) ? 'patch' : change.impact === 'patch' ? 'minor' : change.impact;
}

function isOpenEnum({ revision }: EngineChange, document: unknown): boolean {
  const segments = segmentsOf(revision?.pointer ?? '');
  const known = segments.slice(-3).join('/') === 'anyOf/0/enum';
  const schema = valueAt(document, segments.slice(0, -3));
  return known && openEnumValues(schema as Schema) !== undefined;
}

function closesRequest({ property, revision }: EngineChange, audience: readonly Audience[]): boolean {
  return property === 'additionalProperties' && revision?.value === false && audience.includes('writer');
}
