import { segmentsOf, valueAt } from '../document/pointer.ts';
import type { Audience } from './change.ts';
import type { EngineChange } from './engine.ts';
import type { Documents } from './rate.ts';
import { resolved, wasNamed } from './relation.ts';
import { areExclusive, textOf } from './subschema.ts';

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

/** What may be added anywhere. */
const additions = new Set([
  'PathItem',
  'Operation',
  'Response',
  'MediaType',
  'Header',
  'HeadersMap',
  'Link',
  'Discriminator',
]);

/**
 * Whether a change that the engine does not rate is known to break nobody. Whatever is not known here is taken to break
 * someone: a bump that is too large annoys, one that is too small breaks.
 */
export function isHarmless(change: EngineChange, audience: readonly Audience[], documents: Documents): boolean {
  const { before, after } = documents;
  const pointer = (change.revision ?? change.base)?.pointer ?? '';
  if (change.property !== undefined) return isHarmlessKeyword(change, change.property, audience);
  if (isComponent.test(pointer)) return true; // what refers to it changes, too
  if (change.kind === 'removed') {
    // A response that has one form less.
    return isAlternative(change, pointer, before) && !audience.includes('writer');
  }
  if (isAlternative(change, pointer, after)) return !audience.includes('reader');
  if (change.typeName === 'Schema') return /\/properties\/[^/]+$/.test(pointer) && !wasNamed(change, audience, before);
  if (['RequestBody', 'Parameter', 'ParameterList'].includes(change.typeName)) {
    const value = resolved(after, valueAt(after, segmentsOf(pointer)));
    const all = Array.isArray(value) ? value.map((one) => resolved(after, one)) : [value];
    return all.every((one) => (one as { required?: unknown } | undefined)?.required !== true);
  }
  if (change.typeName === 'SchemaProperties')
    return /\/properties$/.test(pointer) && !wasNamed(change, audience, before);
  return additions.has(change.typeName);
}

/** Whether a schema is one of several of which a value may obey any, or cannot obey two. */
function isAlternative({ typeName }: EngineChange, pointer: string, document: unknown): boolean {
  if (typeName !== 'Schema') return false;
  if (/\/anyOf\/\d+$/.test(pointer)) return true;
  const alternatives = valueAt(document, segmentsOf(pointer).slice(0, -1));
  return /\/oneOf\/\d+$/.test(pointer) && Array.isArray(alternatives) && areExclusive(alternatives, document);
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
    case 'key': // the name of a component or of a path's parameter, which types know and the wire does not
      return (
        typeName === 'Schema' || (/^#\/paths\/[^/]+$/.test(revision?.pointer ?? '') && keepsPlaces(base, revision))
      );
    case 'name': // that of a path's parameter too, and the letters of a header's; the engine rates all others
      return typeName === 'Parameter';
    default:
      return typeName === 'Schema' && rated.has(property);
  }
}

/** Whether each parameter of a path that has the same name as before also stands at the same place. */
export function keepsPlaces(...[base, revision]: readonly EngineChange['base'][]): boolean {
  const names = [base, revision].map((place): string[] => String(place?.value).match(/\{[^}]+\}/g) ?? []);
  const [old = [], now = []] = names;
  return now.every((name, index) => !old.includes(name) || old[index] === name);
}

/** Whether a component was added, or the name of one to what had none: what refers to it is compared where it stands. */
export function isNewComponent({ kind, property, base, revision }: EngineChange): boolean {
  const [old, now] = [base, revision].map((place) => isComponent.test(place?.pointer ?? ''));
  return property === 'key' ? now === true && old === false : kind === 'added' && now === true;
}

const isComponent = /^#\/components\/[^/]+\/[^/]+$/;

/** What a keyword means that is not there, by what it stands in. */
function defaultsOf(owner: Record<string, unknown>, typeName: string): Readonly<Record<string, unknown>> {
  const style = ['query', 'cookie'].includes(String(owner.in)) ? 'form' : 'simple';
  const always = { required: false, deprecated: false };
  if (typeName !== 'Parameter' && typeName !== 'Header') return always;
  return { ...always, allowEmptyValue: false, allowReserved: false, style, explode: (owner.style ?? style) === 'form' };
}

/** Whether a keyword was written out, or left out, whose value was the default. */
export function meansTheSame(
  { typeName, property, base, revision }: EngineChange,
  { before, after }: Documents,
): boolean {
  if (property === undefined || !['Parameter', 'Header', 'RequestBody', 'Operation'].includes(typeName)) return false;
  const [old, now] = [
    [base, before],
    [revision, after],
  ].map(([place, document]) => {
    const segments = segmentsOf((place as EngineChange['base'])?.pointer ?? '');
    const owner = valueAt(document, segments.at(-1) === property ? segments.slice(0, -1) : segments);
    const defaults = defaultsOf((owner ?? {}) as Record<string, unknown>, typeName);
    return (place as EngineChange['base'])?.value ?? defaults[property];
  });
  return old !== undefined && old === now;
}

/** @returns how a response's header is written now that is otherwise the same: HTTP does not heed the letters' case */
export function newSpellingOf(
  { typeName, kind, base }: EngineChange,
  { before, after }: Documents,
): string | undefined {
  if (typeName !== 'Header' || kind !== 'removed') return undefined;
  const segments = segmentsOf(base?.pointer ?? '');
  const headers = Object.entries(valueAt(after, segments.slice(0, -1)) ?? {});
  const found = headers.find(([name]) => name.toLowerCase() === segments.at(-1)?.toLowerCase());
  const [old, now] = [textOf({ schema: valueAt(before, segments), document: before }), found?.[1]];
  return found && textOf({ schema: now, document: after }) === old ? found[0] : undefined;
}
