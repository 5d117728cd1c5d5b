import { segmentsOf, valueAt } from '../document/pointer.ts';
import { openEnumValues, type Schema } from '../document/schema.ts';
import { highestLevel } from '../repository/level.ts';
import type { Audience, Change, Documents } from './change.ts';
import type { EngineChange } from './engine.ts';
import { isHarmless, isNewComponent, meansTheSame, newSpellingOf } from './harmless.ts';
import { isTurned, relationOf } from './relation.ts';

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

export interface Rating {
  readonly level: Change['level'];
  /** Whether the contract says the same in other words. */
  readonly isSame: boolean;
}

/**
 * The level of a change: the engine's, except that
 * - an open enum that gains or loses a value breaks nobody, since it accepts every other; a response's closed enum that
 *   gains one breaks its readers;
 * - what the engine does not rate breaks somebody, unless it is known not to: then it is a minor change, since it
 *   changes the shape;
 * - where the schemas around it prove that no caller meets anything else, it is a patch; where they prove that each
 *   caller can deal with the new one, it does not break;
 * - below `not` and the like, only what means the same is known to be harmless.
 */
export function rate(change: EngineChange, audience: readonly Audience[], documents: Documents): Rating {
  const level = ratedLevel(change, audience, documents);
  if (meansTheSame(change, documents)) return { level: 'patch', isSame: true };
  if (!concernsValues(change)) return { level, isSame: false };
  const relation = relationOf(change, audience, documents.before, documents.after);
  if (relation === 'same') return { level: 'patch', isSame: true };
  if (relation === 'compatible') return { level: 'minor', isSame: false };
  const isRisky = level === 'minor' && isTurned(change, documents.before, documents.after);
  return { level: isRisky ? 'major' : level, isSame: false };
}

function ratedLevel(change: EngineChange, audience: readonly Audience[], documents: Documents): Change['level'] {
  const verdicts = change.verdicts.map(({ ruleId, impact }) =>
    ruleId.startsWith('enum-values-') ? (isOpenEnum(change, documents.after) ? 'minor' : 'major') : impact,
  );
  const level = highestLevel(verdicts);
  if (newSpellingOf(change, documents) !== undefined) return 'minor';
  if (level !== 'none') return level;
  if (isNewComponent(change)) return 'patch';
  if (isTextual(change)) return 'patch';
  return isHarmless(change, audience, documents) ? 'minor' : 'major';
}

/** Whether a change is one of what values a schema accepts, as far as schemas can prove it harmless. */
function concernsValues(change: EngineChange): boolean {
  const { property = '' } = change;
  if (isTextual(change) || /^(Xml|Discriminator)/.test(change.typeName)) return false;
  return !['deprecated', 'readOnly', 'writeOnly', 'default', 'discriminator', 'key', 'xml'].includes(property);
}

function isOpenEnum({ revision }: EngineChange, document: unknown): boolean {
  const segments = segmentsOf(revision?.pointer ?? '');
  const known = segments.slice(-3).join('/') === 'anyOf/0/enum';
  const schema = valueAt(document, segments.slice(0, -3));
  return known && openEnumValues(schema as Schema) !== undefined;
}
