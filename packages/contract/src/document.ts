import type { Schema } from './schema.ts';

/** The contract as OpenAPI describes it, as far as `verify` reads it. Every `$ref` is local. */
export interface OpenApiDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

/** What may stand for something elsewhere. */
interface Referring {
  readonly $ref?: string;
}

interface OperationObject {
  readonly operationId: string;
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

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Every operation of a document, in its order. */
export function operationsIn(document: OpenApiDocument): LocatedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, node]) => ({
        id: node.operationId,
        method: method.toUpperCase(),
        path,
        node,
        pointer: pointerTo('#', 'paths', path, method),
      })),
  );
}

/** A JSON pointer that goes on from another one. */
export function pointerTo(from: string, ...segments: readonly (string | number)[]): string {
  return [from, ...segments.map((segment) => String(segment).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** The segments of a JSON pointer, with or without a leading `#`. */
function segmentsOf(pointer: string): string[] {
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

/** Follows `$ref` until something stands there. The document has been bundled, so that every reference leads somewhere. */
export function resolved<Node extends Referring>(
  document: OpenApiDocument,
  { node, pointer }: Located<Node>,
): Located<Node> {
  const { $ref } = node;
  if ($ref === undefined) return { node, pointer };
  let target: unknown = document;
  for (const segment of segmentsOf($ref)) target = (target as Readonly<Record<string, unknown>>)[segment];
  return resolved(document, { node: target as Node, pointer: $ref });
}
