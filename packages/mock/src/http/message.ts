/** A request, read completely. */
export interface MockRequest {
  readonly method: string;
  /** The raw request target, never normalized. */
  readonly target: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the body was larger than `bodyLimit` and has been discarded. */
  readonly tooLarge?: boolean;
  /** Whether it comes from this machine. */
  readonly local: boolean;
}

/** What is answered, before it is written as bytes. Without a body, `body` is `undefined`. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An answer as it is sent. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How a fault delivers it. Default: immediately and completely. */
  readonly delivery?: Delivery;
  /** Called when it has been delivered, or the delivery was given up. */
  readonly done?: () => void;
}

/** How an answer is delivered after a wait: completely, in part, or not at all. */
export type Delivery = {
  readonly waitMs: number;
  /** Ends every pause of the delivery, and a `hang`. */
  readonly released: AbortSignal;
} & (
  | { readonly how: 'whole' | 'hang' | 'reset' | 'empty' | 'truncate' }
  | { readonly how: 'drip'; readonly bodyMs: number }
);

export type Handler = (request: MockRequest) => Promise<MockResponse>;

/** In bytes. A request with a larger body gets 413. */
export const bodyLimit = 1024 * 1024;

/** Statuses whose responses have no body. */
export const bodyless: readonly number[] = [204, 205, 304];

/** Into how many pieces `drip` divides a body. */
export const dripPieces = 20;

/** `{ detail, code? }`, the shape of most errors of this API. */
export function refuse(
  status: number,
  detail: string,
  { code, headers = {} }: { code?: string; headers?: Readonly<Record<string, string>> } = {},
): Answer {
  return { status, headers, body: code === undefined ? { detail } : { detail, code } };
}

/** The answer when the mock itself has failed. */
export function brokenAnswer(error: unknown): Answer {
  return { status: 500, body: { message: `Error of the mock: ${error instanceof Error ? error.message : error}` } };
}

/** Writes the body as JSON, unless the content type says that it is text already. */
export function serialize({ status, headers = {}, body }: Answer): MockResponse {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (body === undefined) return { status, headers: lower, body: '' };
  const type = lower['content-type'] ?? 'application/json';
  const text = !type.includes('json') && typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { ...lower, 'content-type': type }, body: text };
}
