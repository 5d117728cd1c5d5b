import { MIMEType } from 'node:util';
import type { MockRequest } from './message.ts';

/** A request's body, parsed for the contract. */
export interface ParsedBody {
  /** Without parameters. When the header is missing or malformed, the fallback of RFC 9110. */
  readonly mediaType: string | undefined;
  /** The header for Prism: `mediaType`, and for a multipart form its boundary. */
  readonly contentType: string | undefined;
  /** Parsed JSON, or text. */
  readonly value: unknown;
  /** Why it could not be parsed. */
  readonly malformed?: string;
}

const unknownType = 'application/octet-stream';

export function parseBody({ headers, body }: MockRequest): ParsedBody {
  const types = typesOf(headers['content-type'], body.length);
  const { mediaType } = types;
  if (body.length === 0) return { ...types, value: undefined };
  const text = body.toString('utf8');
  if (mediaType === 'application/x-www-form-urlencoded') return { ...types, value: wellFormed(text) };
  if (mediaType !== 'application/json' && !mediaType?.endsWith('+json')) return { ...types, value: text };
  try {
    return { ...types, value: JSON.parse(text) };
  } catch {
    return { ...types, value: undefined, malformed: 'JSON parse error: the body is not valid JSON.' };
  }
}

/** Escapes a form again: Prism throws on a malformed percent escape, which is allowed in a form. */
function wellFormed(form: string): string {
  return new URLSearchParams(form).toString().replaceAll('+', '%20');
}

function typesOf(header: string | undefined, length: number): Pick<ParsedBody, 'mediaType' | 'contentType'> {
  const fallback = { mediaType: unknownType, contentType: unknownType };
  if (header === undefined) return length > 0 ? fallback : { mediaType: undefined, contentType: undefined };
  try {
    const type = new MIMEType(header);
    return { mediaType: type.essence, contentType: type.type === 'multipart' ? String(type) : type.essence };
  } catch {
    return fallback; // Prism throws on such a header
  }
}
