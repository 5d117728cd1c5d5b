import { pointerTo } from '../document/pointer.ts';
import { typeOf } from '../document/schema.ts';

const longestName = 40;
const mostNames = 24;

/**
 * A member's name. A name that looks like a value (an address, a number, a token) is withheld: it may be personal data.
 */
export function safeName(name: string): string {
  const isName = /^[A-Za-z_$@][\w.-]*$/.test(name) && name.length <= longestName && !/\d{5}/.test(name);
  return isName || /^\d{1,4}$/.test(name) ? name : '[withheld]';
}

/** A JSON pointer whose segments are safe to show. */
export function safePointer(segments: readonly string[]): string {
  return pointerTo('', ...segments.map(safeName));
}

/** The type of a value in a sentence: `is a string`. */
export function saidType(value: unknown): string {
  const type = typeOf(value);
  if (type === 'null') return 'is null';
  return `is ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** Names and types of a value, one level deep; never a value. */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) {
    const types = [...new Set(value.map(typeOf))].join(' | ');
    return `[${value.length} of ${types || 'nothing'}]`;
  }
  if (typeof value !== 'object' || value === null) return typeOf(value);
  const names = Object.keys(value);
  const shown = names.slice(0, mostNames).map((name) => `${safeName(name)}: ${typeOf(Reflect.get(value, name))}`);
  if (names.length > mostNames) shown.push(`and ${names.length - mostNames} more`);
  return shown.length === 0 ? '{}' : `{ ${shown.join(', ')} }`;
}

/** A media type without its parameters; anything else is withheld. */
export function safeMediaType(header: string | null): string {
  if (header === null || header === '') return 'none';
  const essence = header.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[a-z]{1,20}\/[a-z][a-z0-9.+-]{0,40}$/.test(essence) ? essence : 'something that is not a media type';
}
