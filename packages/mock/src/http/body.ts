import { MIMEType } from 'node:util';
import type { MockRequest } from './message.ts';

/** A request's body, as the contract sees it: parsed JSON, or text. `malformed` says why it could not be parsed. */
export interface ParsedBody {
  /** The media type without parameters; RFC 9110's fallback when none was sent or none could be read. */
  readonly mediaType: string | undefined;
  /** The header for Prism: `mediaType`, and of a multipart form also its boundary. */
  readonly contentType: string | undefined;
  readonly value: unknown;
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

/** A form as Prism can read it: it throws on a malformed percent escape, which a form takes as it is. */
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
