import type { Context } from 'hono';
import type { CheckedForm } from './form-tokens.ts';
import type { Site } from './site.ts';

/** A form's fields; each can have been sent several times, or as a file. */
export type Fields = Readonly<Record<string, string | File | (string | File)[] | undefined>>;

export interface SentForm {
  /** Who sent it, when it is a form that was made for them. */
  readonly sender: (CheckedForm & { readonly owner: string }) | undefined;
  readonly fields: Fields;
}

/** Reads a form that was sent, and checks who it was made for. What is no form has no fields, and no sender. */
export async function readForm(c: Context, { visitors, forms }: Site): Promise<SentForm> {
  const fields: Fields = await c.req.parseBody({ all: true }).catch(() => ({}));
  const owner = await visitors.known(c);
  const form = owner === undefined ? undefined : forms.check(fields.form, owner);
  return { sender: owner !== undefined && form ? { ...form, owner } : undefined, fields };
}

/** @returns the field when it was sent once, as text; an empty text otherwise */
export function textOf(value: Fields[string]): string {
  return typeof value === 'string' ? value.trim() : '';
}
