const longestMessage = 200;

/**
 * Takes what a person can use out of an error body. The service's error bodies share no envelope; the order is:
 * `error_description`, `detail`, `message`, `error`, then the first message of a field.
 *
 * @returns a short text without secrets, or `undefined` when the body holds none
 */
export function describeBody(body: unknown): string | undefined {
  const text = typeof body === 'string' ? textOfPage(body) : messageOf(body);
  return text ? redact(text) : undefined;
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

/** Finds the first text in nested lists and objects, and names the field that it stands in. */
function firstMessage(value: unknown, field = '', depth = 0): string | undefined {
  if (typeof value === 'string' && value !== '') return field ? `${field}: ${value}` : value;
  if (typeof value !== 'object' || value === null || depth > 5) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const path = Array.isArray(value) ? field : field ? `${field}.${name}` : name;
    const found = firstMessage(member, path, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A page's title or its first words. Text that looks like JSON is not quoted: it may be a person's data, cut short. */
export function textOfPage(text: string): string | undefined {
  const head = text.slice(0, 4_000).trim();
  if (head === '' || /^[[{"]/.test(head)) return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(head)?.[1];
  return (title ?? head.replace(/<(script|style)[\s\S]*?(<\/\1>|$)/gi, ' ').replace(/<[^>]*(>|$)/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Removes what may be a token, an e-mail address or a phone number, and bounds the length. */
export function redact(text: string): string {
  const clean = text
    .slice(0, longestMessage * 4)
    .replace(/\b(bearer|basic)\s+\S+/gi, '$1 [redacted]')
    .replace(/[^\s@<>"']+@[^\s@<>"']+/g, '[redacted]')
    .replace(/[A-Za-z0-9_\-.~+/=]{24,}/g, (run) => (/\d/.test(run) || run.length > 40 ? '[redacted]' : run))
    .replace(/\+?\d[\d\s-]{7,}\d/g, '[redacted]')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return clean.length > longestMessage ? `${clean.slice(0, longestMessage)}…` : clean;
}
