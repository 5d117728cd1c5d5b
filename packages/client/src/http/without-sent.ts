import { contextOf } from './compose.ts';

const redacted = '[redacted]';
/** A shorter string is not a secret, and occurs in many words. */
const shortestSecret = 4;
/** So many characters of a secret in a row reveal a part of it. */
const shortestPart = 8;

/** More characters than a message quotes. */
const longestQuote = 4_000;

/** Headers that contain credentials. */
const credentials = ['authorization', 'x-api-key', 'data-session-token'];

/** Removes the credentials of a request, and parts of them, in the usual encodings. */
export function withoutCredentials(text: string, headers: Headers): string {
  return credentials.flatMap((name) => secretsIn(headers.get(name) ?? '')).reduce(withoutSecret, text);
}

/**
 * Removes the credentials of a request from a body. JSON is cleaned string by string, because a service may escape any
 * character of a string.
 */
export function bodyWithoutCredentials(body: string, headers: Headers): string {
  const clean = (text: string) => withoutCredentials(text, headers);
  try {
    const value: unknown = JSON.parse(body, (_, member) => (typeof member === 'string' ? clean(member) : member));
    return clean(JSON.stringify(value)); // a name of a member may be one, too
  } catch {
    return clean(body);
  }
}

/** Removes what was sent (credentials, the caller's headers, the body) from the beginning of a text, which is all that is quoted. */
export function withoutSent(text: string, request: Request): string {
  return withoutData(withoutCredentials(head(text), request.headers), contextOf(request).sent);
}

/** The requests of responses that may become errors. */
const requests = new WeakMap<Response, Request>();

/** Remembers the request of a response, so that its error does not quote what was sent. */
export function rememberRequest(response: Response, request: Request): void {
  requests.set(response, request);
}

/** Removes what was sent from a text of a response, if its request is known. */
export function withoutSentFor(response: Response, text: string): string {
  const request = requests.get(response);
  return request ? withoutSent(text, request) : text;
}

/** The beginning of a long text, without the word at the cut: a part of a value would not be recognized. */
function head(text: string): string {
  return text.length > longestQuote ? text.slice(0, longestQuote).replace(/[\p{L}\p{N}_]*$/u, '') : text;
}

/** @returns the credential without its scheme, and for HTTP Basic also the password */
function secretsIn(value: string): string[] {
  const [, scheme = '', credential = ''] = /^(?:([A-Za-z]+) +)?(.*)$/s.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic') return [credential];
  try {
    const pair = new TextDecoder().decode(Uint8Array.from(atob(credential), (c) => c.charCodeAt(0)));
    return [credential, pair, pair.slice(pair.indexOf(':') + 1)];
  } catch {
    return [credential]; // a header of the caller's that is not Base64
  }
}

function withoutSecret(text: string, secret: string): string {
  if (secret.length < shortestSecret) return text;
  return withoutParts(withoutForms(text, secret), secret);
}

/** Hides each run of characters of the secret: services often quote its beginning or end. */
function withoutParts(text: string, secret: string): string {
  const parts = new Set(Array.from(secret, (_, at) => secret.slice(at, at + shortestPart)));
  let clean = '';
  let shown = 0;
  for (let at = 0; at + shortestPart <= text.length; at += 1) {
    if (!parts.has(text.slice(at, at + shortestPart))) continue;
    clean += text.slice(shown, at) + redacted;
    shown = at + shortestPart;
    while (shown < text.length && parts.has(text.slice(shown - shortestPart + 1, shown + 1))) shown += 1;
    at = shown - 1;
  }
  return clean + text.slice(shown);
}

/**
 * Removes from a text what the caller sent: each value in the encodings of JSON, URLs and HTML, its words, and their
 * remains where the text was cut. Names of scopes stay, since they say which one is wrong.
 *
 * @param sent any value; the strings and numbers in it count
 */
function withoutData(text: string, sent: unknown): string {
  const values = [...valuesIn(sent)];
  if (values.length === 0) return text;
  const words = new Set(
    values
      .flatMap((value) => [
        ...(value.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []),
        ...(value.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []),
      ])
      .map(folded),
  );
  return values
    .sort((one, other) => other.length - one.length)
    .reduce(withoutForms, text.normalize())
    .replace(/(?<!\[)[\p{L}\p{M}\p{N}_]+/gu, (word) => (isOneOf(words, folded(word)) ? redacted : word))
    .replace(/\[redacted\](?:[\s,;.:/-]*\[redacted\])+/g, redacted);
}

/** Letters that differ in case alone become the same. */
function folded(word: string): string {
  return word.toUpperCase().toLowerCase();
}

/** Whether a word, or in scripts without spaces any part of one, was sent. */
function isOneOf(words: ReadonlySet<string>, word: string): boolean {
  const isAscii = /^[a-z\d_]*$/.test(word);
  if (words.has(word)) return word.length > 1 || !isAscii;
  return word.length > (isAscii ? 2 : 0) && [...words].some((whole) => whole.startsWith(word) || whole.endsWith(word));
}

function* valuesIn(sent: unknown, name = '', depth = 0): Generator<string> {
  if (typeof sent === 'number' || typeof sent === 'string') {
    const value = String(sent).normalize().trim();
    if (value.length > 1 && !(name === 'scope' && /^[a-z\d_ ]*$/.test(value))) yield value;
  } else if (typeof sent === 'object' && sent !== null && depth < 8) {
    for (const [key, member] of Object.entries(sent)) {
      yield* valuesIn(member, Array.isArray(sent) ? name : key, depth + 1);
    }
  }
}

/** Hides a value as it is, and in the encodings of JSON, URLs, forms and HTML. */
function withoutForms(text: string, value: string): string {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'));
  const forms = [
    json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    json,
    url,
    url.replaceAll('%20', '+'),
    value.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    value,
  ];
  const possible = [...new Set(forms)].filter((form) => form.length <= text.length);
  if (possible.length === 0) return text;
  const pattern = possible.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  const edge = value.length < shortestSecret ? ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'] : ['', ''];
  return text.replace(new RegExp(`${edge[0]}(?:${pattern})${edge[1]}`, 'giu'), redacted);
}
