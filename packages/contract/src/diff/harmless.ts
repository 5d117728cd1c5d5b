import { dereference, segmentsOf, valueAt } from '../document/pointer.ts';
import type { Audience, Documents } from './change.ts';
import type { EngineChange } from './engine.ts';
import { wasNamed } from './named.ts';
import { textOf } from './subschema/canonical.ts';
import { areExclusive } from './subschema.ts';

/** Keywords that the engine rates in both directions. If it reports nothing, the change breaks nobody. */
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

/** Types of objects whose addition breaks nobody. */
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
 * Whether a change that the engine does not rate is known to break nobody. Every other change counts as breaking: a
 * bump that is too large annoys, one that is too small breaks.
 */
export function isHarmless(change: EngineChange, audience: readonly Audience[], documents: Documents): boolean {
  const { before, after } = documents;
  const pointer = (change.revision ?? change.base)?.pointer ?? '';
  if (change.property !== undefined) return isHarmlessKeyword(change, change.property, audience);
  if (isComponent.test(pointer)) return true; // what refers to it changes as well
  if (change.kind === 'removed') {
    // A response with one form less breaks nobody.
    return isAlternative(change, pointer, before) && !audience.includes('writer');
  }
  if (isAlternative(change, pointer, after)) return !audience.includes('reader');
  if (change.typeName === 'Schema') return /\/properties\/[^/]+$/.test(pointer) && !wasNamed(change, audience, before);
  if (['RequestBody', 'Parameter', 'ParameterList'].includes(change.typeName)) {
    const value = dereference(after, valueAt(after, segmentsOf(pointer)));
    const all = Array.isArray(value) ? value.map((one) => dereference(after, one)) : [value];
    return all.every((one) => (one as { required?: unknown } | undefined)?.required !== true);
  }
  if (change.typeName === 'SchemaProperties') {
    return /\/properties$/.test(pointer) && !wasNamed(change, audience, before);
  }
  return additions.has(change.typeName);
}

/** Whether each parameter of a path that kept its name also kept its place. */
export function keepsPlaces(base: EngineChange['base'], revision: EngineChange['revision']): boolean {
  const names = [base, revision].map((place): string[] => String(place?.value).match(/\{[^}]+\}/g) ?? []);
  const [old = [], now = []] = names;
  return now.every((name, index) => !old.includes(name) || old[index] === name);
}

/** Whether a component was added, or a part became one. What refers to it is compared where it is used. */
export function isNewComponent({ kind, property, base, revision }: EngineChange): boolean {
  const [old, now] = [base, revision].map((place) => isComponent.test(place?.pointer ?? ''));
  return property === 'key' ? now === true && old === false : kind === 'added' && now === true;
}

const isComponent = /^#\/components\/[^/]+\/[^/]+$/;

/** Whether somebody only wrote out, or removed, a keyword with its default value. */
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

/** @returns the new spelling of a response's header that differs in case alone, which HTTP ignores; else `undefined` */
export function newSpellingOf(
  { typeName, kind, base }: EngineChange,
  { before, after }: Documents,
): string | undefined {
  if (typeName !== 'Header' || kind !== 'removed') return undefined;
  const segments = segmentsOf(base?.pointer ?? '');
  const headers = Object.entries(valueAt(after, segments.slice(0, -1)) ?? {});
  const found = headers.find(([name]) => name.toLowerCase() === segments.at(-1)?.toLowerCase());
  const old = textOf({ schema: valueAt(before, segments), document: before });
  return found && textOf({ schema: found[1], document: after }) === old ? found[0] : undefined;
}

/** Whether a schema is one of several alternatives, in `anyOf`, or in a `oneOf` where no value can match two of them. */
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
    case 'key': // the name of a component or path parameter: in the types, not on the wire
      return (
        typeName === 'Schema' || (/^#\/paths\/[^/]+$/.test(revision?.pointer ?? '') && keepsPlaces(base, revision))
      );
    case 'name': // of a path parameter, or the case of a header; the engine rates the others
      return typeName === 'Parameter';
    default:
      return typeName === 'Schema' && rated.has(property);
  }
}

/** The default values of an object's keywords. */
function defaultsOf(owner: Record<string, unknown>, typeName: string): Readonly<Record<string, unknown>> {
  const style = ['query', 'cookie'].includes(String(owner.in)) ? 'form' : 'simple';
  const always = { required: false, deprecated: false };
  if (typeName !== 'Parameter' && typeName !== 'Header') return always;
  return { ...always, allowEmptyValue: false, allowReserved: false, style, explode: (owner.style ?? style) === 'form' };
}
