import { redact } from '../errors/wording.ts';
import { withoutSentFor } from './without-sent.ts';

/** @returns what an error response says, without its status, what was sent, and a full stop */
export function describeResponse(response: Response, body: unknown): string {
  const { status, statusText } = response;
  const text = redact(withoutSentFor(response, describeBody(body) ?? statusText)).replace(/\.$/, '');
  return text.replace(new RegExp(`^${status}\\b[\\s:-]*`), '') || 'without a message';
}

/** @returns the title of an HTML page, or `undefined` when there is none */
export function titleOf(text: string): string | undefined {
  return /<title[^>]*>([^<]*)/i.exec(text.slice(0, 4_000))?.[1]?.replace(/\s+/g, ' ').trim() || undefined;
}

/**
 * Finds the human-readable part of an error body. The service's error bodies have no common envelope; the order is:
 * `error_description`, `detail`, `message`, `error`, then the first message of a field.
 *
 * @returns the message, or `undefined` when the body has none
 */
function describeBody(body: unknown): string | undefined {
  return (typeof body === 'string' ? textOfPage(body) : messageOf(body)) || undefined;
}

function messageOf(body: unknown): string | undefined {
  if (Array.isArray(body)) return firstMessage(body);
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = body as Readonly<Record<string, unknown>>;
  for (const name of ['error_description', 'detail', 'message', 'error']) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return firstMessage(body);
}

/**
 * Finds the first string in a list, and names the field that contains the list. A string outside a list is not a
 * message: it may be what the caller sent.
 */
function firstMessage(value: unknown, field = '', depth = 0, isListed = false): string | undefined {
  if (typeof value === 'string') return value === '' || !isListed ? undefined : field ? `${field}: ${value}` : value;
  if (typeof value !== 'object' || value === null || depth > 5) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const path = Array.isArray(value) ? field : field ? `${field}.${name}` : name;
    const found = firstMessage(member, path, depth + 1, Array.isArray(value));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A page's title or its first words. Text that looks like JSON is not quoted: it may be truncated personal data. */
function textOfPage(text: string): string | undefined {
  const head = text.slice(0, 4_000).trim();
  if (head === '' || /^[[{"]/.test(head)) return undefined;
  const words = head.replace(/<(script|style)[\s\S]*?(<\/\1>|$)/gi, ' ').replace(/<[^>]*(>|$)/g, ' ');
  return titleOf(text) ?? words.replace(/\s+/g, ' ').trim();
}
