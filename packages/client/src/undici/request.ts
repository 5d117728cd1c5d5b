/**
 * A request whose body is a text or nothing: what openapi-fetch makes. It has the members that layers and hooks of a
 * `fetch` use, and makes costly ones only when they are asked for.
 */
export class LightRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: RequestRedirect;
  /** The text that is sent. */
  readonly content: string | undefined;
  readonly target: URL;
  #signal: AbortSignal | undefined;

  constructor(url: string, { method = 'GET', headers, body, redirect = 'follow', signal }: LightInit) {
    this.target = new URL(url);
    this.method = method;
    this.headers = headers instanceof Headers ? headers : new Headers(headers);
    this.redirect = redirect;
    this.content = body ?? undefined;
    this.#signal = signal ?? undefined;
  }

  get url(): string {
    return this.target.href;
  }

  /** The caller's own, if there is one. */
  get callerSignal(): AbortSignal | undefined {
    return this.#signal;
  }

  get signal(): AbortSignal {
    this.#signal ??= new AbortController().signal;
    return this.#signal;
  }

  get body(): ReadableStream<Uint8Array> | null {
    return this.content === undefined ? null : new Response(this.content).body;
  }

  clone(): LightRequest {
    const { method, redirect, content } = this;
    return new LightRequest(this.url, {
      method,
      headers: new Headers(this.headers),
      redirect,
      ...(content !== undefined && { body: content }),
      ...(this.#signal && { signal: this.#signal }),
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
}

function isLight(url: unknown, init: RequestInit): url is string {
  if (typeof url !== 'string') return false;
  const { method = 'GET', body } = init;
  if (body === undefined || body === null) return true;
  return typeof body === 'string' && method !== 'GET' && method !== 'HEAD';
}

/** Stands in for the platform's `Request`: a light one where that will do, else the platform's own. */
function TransportRequest(input: RequestInfo | URL, init: RequestInit = {}): unknown {
  return isLight(input, init) ? new LightRequest(input, init as LightInit) : new Request(input, init);
}

/** To be called with `new`, as the platform's. */
export const requestClass = TransportRequest as unknown as typeof Request;
