import { PlaceError } from '../errors.ts';
import type { Schema } from './schema.ts';

/** The contract as OpenAPI describes it, as far as the pipeline reads it. Every `$ref` is local. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

/** Operations by method in lower case, beside what they share. */
type PathItem = Referring & Readonly<Record<string, unknown>>;

/** What may stand for something elsewhere. */
interface Referring {
  readonly $ref?: string;
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

export interface ResponseObject extends Referring {
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  readonly content?: Readonly<Record<string, MediaTypeObject>>;
}

export interface HeaderObject extends Referring {
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface MediaTypeObject {
  readonly schema?: Schema;
}

/** A part of the document and where it stands, for example `#/components/schemas/Email`. */
export interface Located<Node> {
  readonly node: Node;
  readonly pointer: string;
}

/** An operation of the document, with its method in upper case and its path template. */
export interface LocatedOperation extends Located<OperationObject> {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Every operation of a document, in its order. One without `responses` has none. */
export function operationsIn(document: OpenApiDocument): LocatedOperation[] {
  return Object.entries(document.paths ?? {})
    .filter(([path]) => path.startsWith('/'))
    .flatMap(([path, described]) => {
      const item = resolved<PathItem>(document, { node: described, pointer: pointerTo('#', 'paths', path) });
      return Object.entries(item.node)
        .filter(([method]) => methods.includes(method))
        .map(([method, value]) => {
          const node = { ...(value as OperationObject), responses: (value as OperationObject).responses ?? {} };
          const pointer = pointerTo(item.pointer, method);
          return { id: node.operationId, method: method.toUpperCase(), path, node, pointer };
        });
    });
}

/** A media type without its parameters, in lower case, for example `application/json`. */
export function essenceOf(mediaType: string): string {
  return mediaType.replace(/;.*$/s, '').trim().toLowerCase();
}

/** Whether bodies of a media type are JSON: `application/json`, `text/json`, and every `+json`. */
export function isJson(mediaType: string): boolean {
  return /^(application|text)\/json$|\+json$/.test(essenceOf(mediaType));
}

/** A JSON pointer that goes on from another one. */
export function pointerTo(from: string, ...segments: readonly (string | number)[]): string {
  return [from, ...segments.map((segment) => String(segment).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** The segments of a JSON pointer, with or without a leading `#`. */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A part of a part. */
export function within<Node>(from: Located<unknown>, node: Node, ...segments: readonly (string | number)[]) {
  return { node, pointer: pointerTo(from.pointer, ...segments) };
}

/**
 * Follows `$ref` until something else stands there. The document has been bundled, so every `$ref` is local.
 *
 * @throws {PlaceError} when a reference leads nowhere, or in a circle
 */
export function resolved<Node extends Referring>(document: OpenApiDocument, from: Located<Node>): Located<Node> {
  let { node, pointer } = from;
  for (const seen = new Set<string>(); node.$ref !== undefined; ) {
    if (seen.has(node.$ref)) {
      throw new PlaceError(`${node.$ref} refers to itself`, pointer, 'Refer to something that is described there.');
    }
    seen.add(node.$ref);
    ({ node, pointer } = referred<Node>(document, node.$ref, pointer));
  }
  return { node, pointer };
}

/**
 * What a local `$ref` names.
 *
 * @param from pointer to what holds the `$ref`
 * @throws {PlaceError} when nothing stands there
 */
export function referred<Node>(document: OpenApiDocument, $ref: string, from: string): Located<Node> {
  const segments = $ref === '#' || $ref.startsWith('#/') ? segmentsOf(decodeReference($ref)) : undefined;
  let node: unknown = segments && document;
  for (const segment of segments ?? []) {
    node =
      typeof node === 'object' && node !== null && Object.hasOwn(node, segment) ? Reflect.get(node, segment) : null;
  }
  if (segments === undefined || node === undefined) {
    const remedy = 'Refer to what it names by its place, for example `#/components/schemas/Name`.';
    throw new PlaceError(`${$ref} is not a place in the contract`, pointerTo(from, '$ref'), remedy);
  }
  return { node: node as Node, pointer: pointerTo('#', ...segments) };
}

/** A `$ref` is a URI: its pointer may be percent-encoded. */
export function decodeReference($ref: string): string {
  try {
    return decodeURIComponent($ref);
  } catch {
    return $ref;
  }
}

/** @returns a member of an object, or `undefined` where there is none */
export function memberOf(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? Reflect.get(node, name) : undefined;
}
