/** A request, read completely. Header names are in lower case. `target` is the raw request target, never normalized. */
export interface MockRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body was larger than the limit and has been thrown away. */
  readonly tooLarge?: boolean;
  /** Whether it comes from this machine. */
  readonly local: boolean;
}

/** What is answered, before it is written as bytes. `undefined` as a body is no body. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An answer as it goes over the wire. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How it is let out, when a fault has a say in it. */
  readonly delivery?: Delivery;
  /** To be called when it has been delivered, or its delivery given up. */
  readonly done?: () => void;
}

/** How an answer is let out: nothing, a part of it, or all of it, after a while. */
export type Delivery = {
  readonly waitMs: number;
  /** Ends every pause of the delivery, and a `hang`. */
  readonly released: AbortSignal;
} & (
  | { readonly how: 'whole' | 'hang' | 'reset' | 'empty' | 'truncate' }
  | { readonly how: 'drip'; readonly bodyMs: number }
);

export type Handler = (request: MockRequest) => Promise<MockResponse>;

/** `{ detail, code? }`, the shape of most errors of this API. */
export function refuse(
  status: number,
  detail: string,
  extra: { code?: string; headers?: Readonly<Record<string, string>> } = {},
): Answer {
  return {
    status,
    headers: extra.headers ?? {},
    body: extra.code === undefined ? { detail } : { detail, code: extra.code },
  };
}

/** The answer when the mock itself has failed. */
export function brokenAnswer(error: unknown): Answer {
  return {
    status: 500,
    body: { message: `Error of the mock: ${error instanceof Error ? error.message : String(error)}` },
  };
}

/** Writes an answer: JSON, unless its content type says that the body is text already. */
export function serialize({ status, headers = {}, body }: Answer): MockResponse {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (body === undefined) return { status, headers: lower, body: '' };
  const type = lower['content-type'] ?? 'application/json';
  const text = !type.includes('json') && typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { ...lower, 'content-type': type }, body: text };
}
