/** A JSON pointer that continues another one. */
export function pointerTo(from: string, ...segments: readonly (string | number)[]): string {
  return [from, ...segments.map((segment) => String(segment).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** The segments of a JSON pointer, with or without a leading `#`; none for the root, which Redocly writes `#/`. */
export function segmentsOf(pointer: string): string[] {
  const path = pointer.replace(/^#?\/?/, '');
  if (path === '') return [];
  return path.split('/').map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A `$ref` is a URI, so its pointer may be percent-encoded. */
export function decodeReference($ref: string): string {
  try {
    return decodeURIComponent($ref);
  } catch {
    return $ref;
  }
}

/** @returns a member of an object or list, or `undefined` where there is none */
export function memberOf(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? Reflect.get(node, name) : undefined;
}

/** @returns what is at a place of a document, or `undefined` */
export function valueAt(document: unknown, segments: readonly string[]): unknown {
  return segments.reduce(memberOf, document);
}

/** Follows `$ref` to what it names, also through several; `undefined` when it names nothing. */
export function dereference(document: unknown, value: unknown, depth = 0): unknown {
  const reference = memberOf(value, '$ref');
  if (typeof reference !== 'string' || depth > 99) return value;
  return dereference(document, valueAt(document, segmentsOf(reference)), depth + 1);
}
