import { parse } from 'node:querystring';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { CheckedForm, Site } from './visitors.ts';

/** In bytes. */
const largestForm = 16 * 1024;

/** A form's fields; each can have been sent several times. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SentForm {
  /** Who sent the form; undefined when it was not made for this browser. */
  readonly sender: (CheckedForm & { readonly owner: string }) | undefined;
  readonly fields: Fields;
}

/**
 * Reads a form, and checks for whom it was made.
 *
 * @throws {HTTPException} 413 when the form is too large, 415 when the body is not URL-encoded, 400 when it breaks off
 */
export async function readForm(c: Context, { visitors, forms }: Site): Promise<SentForm> {
  const fields = await readFields(c.req.raw);
  const owner = await visitors.known(c);
  const form = owner === undefined ? undefined : forms.check(fields.form, owner);
  return { sender: owner !== undefined && form ? { ...form, owner } : undefined, fields };
}

/** @returns the field as text when it was sent once, otherwise an empty text */
export function textOf(value: Fields[string]): string {
  return typeof value === 'string' ? value.trim() : '';
}

/**
 * Reads no more of the body than is allowed. Hono's own limit fails for a body without a length where the server does
 * not replace the global `Request`.
 */
async function readFields(request: Request): Promise<Fields> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) throw new HTTPException(415);
  const reader = request.body?.getReader();
  const next = async () => (await reader?.read())?.value;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let chunk = await next(); chunk && size <= largestForm; chunk = await next()) {
      size += chunk.length;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new HTTPException(400, { cause });
  }
  if (size <= largestForm) return parse(Buffer.concat(chunks).toString());
  discard(next);
  throw new HTTPException(413);
}

/** Reads the rest, so that the connection can be used again. The server ends a request that takes too long. */
async function discard(next: () => Promise<unknown>): Promise<void> {
  try {
    while (await next());
  } catch {
    // the connection is gone
  }
}
