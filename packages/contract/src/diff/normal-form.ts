import type { OpenApiDocument } from '../document/document.ts';
import { decodeReference, pointerTo, segmentsOf, valueAt } from '../document/pointer.ts';
import { writtenOut } from './engine.ts';

type Members = Record<string, unknown>;

/** Members of a document that hold path items. */
const holders = ['paths', 'webhooks'];

/**
 * Copies a bundled contract. In the copy, the same place always has the same reference, and each path item is where it
 * is used. So every pointer names the path or webhook that it belongs to.
 *
 * @throws {ContractError} when the document contains itself
 */
export function inNormalForm(document: OpenApiDocument): OpenApiDocument {
  const copy: Members = JSON.parse(writtenOut(document), decoded);
  for (const name of holders.filter((name) => copy[name])) {
    const items = Object.entries(copy[name] as Members);
    copy[name] = Object.fromEntries(items.map(([path, item]) => [path, inPlace(copy, item)]));
  }
  const components = { ...(copy.components as Members), pathItems: undefined };
  const isUsed = JSON.stringify(copy).includes('"#/components/pathItems/');
  return (isUsed ? copy : { ...copy, components }) as unknown as OpenApiDocument;
}

/** @returns the pointer in the contract itself to what a pointer names in its normal form */
export function pointerInSource(document: unknown, pointer: string): string {
  const [holder = '', path = '', ...inner] = segmentsOf(pointer);
  const $ref = valueAt(document, [holder, path, '$ref']);
  if (!holders.includes(holder) || typeof $ref !== 'string' || inner.length === 0) return pointer;
  const referred = segmentsOf(decodeReference($ref));
  const isThere = valueAt(document, [...referred, ...inner.slice(0, 1)]) !== undefined;
  return isThere ? pointerInSource(document, pointerTo('#', ...referred, ...inner)) : pointer;
}

/** A path item whose reference is replaced by what it names. */
function inPlace(document: Members, item: unknown, depth = 0): Members {
  const { $ref, ...own } = (item ?? {}) as Members;
  if (typeof $ref !== 'string' || depth > 99) return own;
  return { ...own, ...inPlace(document, valueAt(document, segmentsOf($ref)), depth + 1) };
}

/** Decodes a reference, because references are compared as text. Only the percent sign itself stays encoded. */
function decoded(key: string, value: unknown): unknown {
  return key === '$ref' && typeof value === 'string' ? decodeReference(value).replaceAll('%', '%25') : value;
}
