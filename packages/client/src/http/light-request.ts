/**
 * A request whose body is a string or missing, as openapi-fetch makes it. It has the members that layers and a wrapped
 * `fetch` use, and creates expensive ones on first use.
 */
export class LightRequest {
  readonly method: string;
  /** The headers that it was given, not a copy, if they are the platform's. */
  readonly headers: Headers;
  readonly redirect: RequestRedirect;
  /** The body. */
  readonly content: string | undefined;
  /** The URL as it was given. */
  readonly address: string;
  #target: URL | undefined;
  /** The signal that can end the call, if there is one. */
  callerSignal: AbortSignal | undefined;
  #signal: AbortSignal | undefined;

  constructor(url: string, init: LightInit) {
    const { method = 'GET', headers, body, redirect = 'follow', signal, callerSignal } = init;
    this.address = url;
    this.method = method;
    this.headers = headers instanceof Headers ? headers : new Headers(headers);
    this.redirect = redirect;
    this.content = body ?? undefined;
    this.callerSignal = callerSignal ?? signal ?? undefined;
  }

  get target(): URL {
    this.#target ??= new URL(this.address);
    return this.#target;
  }

  get url(): string {
    return this.target.href;
  }

  get signal(): AbortSignal {
    this.#signal ??= this.callerSignal ?? new AbortController().signal;
    return this.#signal;
  }

  get body(): ReadableStream<Uint8Array> | null {
    return this.content === undefined ? null : new Response(this.content).body;
  }

  clone(): LightRequest {
    const { method, redirect, content, callerSignal } = this;
    return new LightRequest(this.address, {
      method,
      headers: new Headers(this.headers),
      redirect,
      ...(content !== undefined && { body: content }),
      callerSignal,
    });
  }

  async text(): Promise<string> {
    return this.content ?? '';
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.content ?? '');
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return new Response(this.content ?? '').arrayBuffer();
  }
}

interface LightInit extends RequestInit {
  readonly body?: string | null;
  readonly callerSignal?: AbortSignal | undefined;
}

/** Called with `new`, like the platform's. */
export const requestClass = TransportRequest as unknown as typeof Request;

function isLight(url: unknown, init: RequestInit): url is string {
  if (typeof url !== 'string') return false;
  const { method = 'GET', body } = init;
  if (body === undefined || body === null) return true;
  return typeof body === 'string' && method !== 'GET' && method !== 'HEAD';
}

/** Replaces the platform's `Request`: creates a light one if possible, else the platform's own. */
function TransportRequest(input: RequestInfo | URL, init: RequestInit = {}): unknown {
  return isLight(input, init) ? new LightRequest(input, init as LightInit) : new Request(input, init);
}
