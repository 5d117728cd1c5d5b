import { parse } from 'node:querystring';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { CheckedForm } from './form-tokens.ts';
import type { Site } from './site.ts';

/** In bytes. */
const largestForm = 16 * 1024;

/** A form's fields; each can have been sent several times. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SentForm {
  /** Who sent it, when it is a form that was made for them. */
  readonly sender: (CheckedForm & { readonly owner: string }) | undefined;
  readonly fields: Fields;
}

/**
 * Reads a form that was sent, and checks who it was made for.
 *
 * @throws {HTTPException} 413 for a form that is too large, 415 for a body that is not URL-encoded, 400 for one that
 * breaks off
 */
export async function readForm(c: Context, { visitors, forms }: Site): Promise<SentForm> {
  const fields = await readFields(c.req.raw);
  const owner = await visitors.known(c);
  const form = owner === undefined ? undefined : forms.check(fields.form, owner);
  return { sender: owner !== undefined && form ? { ...form, owner } : undefined, fields };
}

/**
 * Reads the body as it comes, and no more of it than is allowed. Hono's own limit fails for a body without a length where
 * the server leaves the global `Request` as it is.
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

/** Reads what is left, so that the connection can be used again. The server ends one that goes on for too long. */
async function discard(next: () => Promise<unknown>): Promise<void> {
  try {
    while (await next());
  } catch {
    // the connection is gone
  }
}

/** @returns the field when it was sent once, as text; an empty text otherwise */
export function textOf(value: Fields[string]): string {
  return typeof value === 'string' ? value.trim() : '';
}
