import { MIMEType } from 'node:util';
import type { MockRequest } from './http.ts';

/** A request's body, as the contract sees it: parsed JSON, or text. `malformed` says why it could not be parsed. */
export interface ParsedBody {
  /** The media type without parameters; RFC 9110's fallback when none was sent or none could be read. */
  readonly mediaType: string | undefined;
  readonly value: unknown;
  readonly malformed?: string;
}

const unknownType = 'application/octet-stream';

/** A form as Prism can read it: it throws on a malformed percent escape, which a form takes as it is. */
const wellFormed = (form: string): string => new URLSearchParams(form).toString().replaceAll('+', '%20');

const mediaTypeOf = (header: string | undefined, length: number): string | undefined => {
  if (header === undefined) return length > 0 ? unknownType : undefined;
  try {
    return new MIMEType(header).essence;
  } catch {
    return unknownType; // Prism throws on such a header
  }
};

export const parseBody = ({ headers, body }: MockRequest): ParsedBody => {
  const mediaType = mediaTypeOf(headers['content-type'], body.length);
  if (body.length === 0) return { mediaType, value: undefined };
  const text = body.toString('utf8');
  if (mediaType === 'application/x-www-form-urlencoded') return { mediaType, value: wellFormed(text) };
  if (mediaType !== 'application/json' && !mediaType?.endsWith('+json')) return { mediaType, value: text };
  try {
    return { mediaType, value: JSON.parse(text) };
  } catch {
    return { mediaType, value: undefined, malformed: 'JSON parse error: the body is not valid JSON.' };
  }
};
