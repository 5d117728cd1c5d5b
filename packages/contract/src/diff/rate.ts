import { segmentsOf, valueAt } from '../document/pointer.ts';
import { openEnumValues, type Schema } from '../document/schema.ts';
import { highestLevel } from '../repository/level.ts';
import type { Audience, Change, Documents } from './change.ts';
import type { EngineChange } from './engine.ts';
import { isHarmless, isNewComponent, meansTheSame, newSpellingOf } from './harmless.ts';
import { isTurned, relationOf } from './relation.ts';

/** Keywords and objects that only inform people. */
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
  /** Whether the contract still means the same. */
  readonly isSame: boolean;
}

/**
 * The level of a change: the engine's, with these exceptions.
 * - An open enum that gains or loses a value is minor, because it accepts every string. Any other enum is major.
 * - A change that the engine does not rate is minor if it is known to break nobody, else major.
 * - If the schemas before and after accept and name the same, the change is a patch. If every caller can handle what is
 *   new, the change is minor.
 * - Below `not`, `if` and `contains`, a change is major unless it is proven to mean the same.
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

/** Whether a change affects which values a schema accepts, so that a proof is possible. */
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
