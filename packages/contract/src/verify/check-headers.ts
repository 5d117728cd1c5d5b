import {
  type HeaderObject,
  type Located,
  type OpenApiDocument,
  type ResponseObject,
  resolved,
  within,
} from '../document/document.ts';
import type { Schema } from '../document/schema.ts';
import type { CheckBody } from './check-body.ts';
import type { Finding } from './deviation.ts';

/**
 * Checks headers against those that a response documents. A missing header that is not `required` becomes a note.
 */
export function findHeaders(
  document: OpenApiDocument,
  response: Located<ResponseObject>,
  headers: Headers,
  checkValue: CheckBody,
): { missing: Finding[]; notes: Finding[] } {
  const missing: Finding[] = [];
  const notes: Finding[] = [];
  for (const [name, node] of Object.entries(response.node.headers ?? {})) {
    const header = resolved<HeaderObject>(document, within(response, node, 'headers', name));
    const value = headers.get(name);
    if (value === null) {
      const finding = { kind: 'missing-header' as const, at: name, pointer: header.pointer };
      if (header.node.required) missing.push({ ...finding, message: 'is missing' });
      else notes.push({ ...finding, message: 'is documented and did not come' });
      continue;
    }
    const schema = within(header, header.node.schema, 'schema');
    for (const { message, pointer } of checkValue(schema, parsed(value, header.node.schema))) {
      missing.push({ kind: 'wrong-header', at: name, pointer, message });
    }
  }
  return { missing, notes };
}

/** A header is text. If the contract requires a number or a boolean, parses it. */
function parsed(value: string, { type }: Schema): unknown {
  const types = [type ?? []].flat();
  if ((types.includes('integer') || types.includes('number')) && value.trim() !== '' && !Number.isNaN(Number(value))) {
    return Number(value);
  }
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
