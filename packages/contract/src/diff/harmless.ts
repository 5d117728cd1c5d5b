import type { Audience } from './change.ts';
import type { EngineChange } from './engine.ts';

/** Keywords that the engine rates in both directions: where it says nothing, the change goes the way that breaks nobody. */
const rated = new Set([
  'type',
  'format',
  'enum',
  'const',
  'pattern',
  'required',
  'additionalProperties',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);

/** What may be added anywhere. A required parameter is rated by the engine. */
const additions = new Set([
  'PathItem',
  'Operation',
  'Parameter',
  'Response',
  'MediaType',
  'Header',
  'HeadersMap',
  'Link',
]);

/**
 * Whether a change that the engine does not rate is known to break nobody. Whatever is not known here is taken to break
 * someone: a bump that is too large annoys, one that is too small breaks.
 */
export function isHarmless(change: EngineChange, audience: readonly Audience[]): boolean {
  const pointer = (change.revision ?? change.base)?.pointer ?? '';
  if (change.property !== undefined) return isHarmlessKeyword(change, change.property, audience);
  if (/^#\/components\/[^/]+\/[^/]+$/.test(pointer)) return true; // whoever refers to it changes, too
  if (change.kind === 'removed') {
    // A response that has one form less.
    return change.typeName === 'Schema' && /\/(anyOf|oneOf)\/\d+$/.test(pointer) && !audience.includes('writer');
  }
  if (change.typeName === 'Schema') return /\/properties\/[^/]+$/.test(pointer);
  if (change.typeName === 'SchemaProperties') return /\/properties$/.test(pointer);
  if (change.typeName === 'Server') return /^#\/servers\/[1-9]\d*$/.test(pointer); // clients take the first
  return additions.has(change.typeName);
}

function isHarmlessKeyword(
  { typeName, base, revision }: EngineChange,
  property: string,
  audience: readonly Audience[],
): boolean {
  switch (property) {
    case 'deprecated':
      return true;
    case 'default':
      return base?.value === undefined || !audience.includes('writer');
    case 'readOnly':
      return !audience.includes('writer');
    case 'writeOnly':
      return !audience.includes('reader');
    case 'required':
      return typeName !== 'Header' || revision?.value === true;
    case 'key':
      return typeName === 'Schema'; // the name of a component, which types know and the wire does not
    default:
      return typeName === 'Schema' && rated.has(property);
  }
}
