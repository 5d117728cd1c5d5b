import { highestLevel } from '../level.ts';
import { openEnumValues, type Schema } from '../schema.ts';
import type { Audience, Change } from './change.ts';
import type { EngineChange } from './engine.ts';
import { isHarmless } from './harmless.ts';
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
  types: new Set([
    'Example',
    'ExamplesMap',
    'Tag',
    'TagList',
    'ExternalDocs',
    'Contact',
    'License',
    'Info',
    'SpecExtension',
  ]),
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
 * - what the engine does not rate breaks somebody, unless it is known not to: then it is a minor change, since it
 *   changes the shape.
 *
 * @param document the contract after the change, bundled
 */
export function levelOf(change: EngineChange, audience: readonly Audience[], document: unknown): Change['level'] {
  const verdicts = change.verdicts.map(({ ruleId, impact }) =>
    ruleId.startsWith('enum-values-') ? (isOpenEnum(change, document) ? 'minor' : 'major') : impact,
  );
  const level = highestLevel(verdicts);
  if (level !== 'none') return level;
  if (isTextual(change)) return 'patch';
  return isHarmless(change, audience) ? 'minor' : 'major';
}

function isOpenEnum({ revision }: EngineChange, document: unknown): boolean {
  const segments = segmentsOf(revision?.pointer ?? '');
  const known = segments.slice(-3).join('/') === 'anyOf/0/enum';
  const schema = valueAt(document, segments.slice(0, -3));
  return known && openEnumValues(schema as Schema) !== undefined;
}
