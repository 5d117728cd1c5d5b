/**
 * A request whose body is a text or nothing: what openapi-fetch makes. It has the members that layers and hooks of a
 * `fetch` use, and makes costly ones only when they are asked for.
 */
export class LightRequest {
  readonly method: string;
  /** Those that it was given, if they are the platform's: not a copy. */
  readonly headers: Headers;
  readonly redirect: RequestRedirect;
  /** The text that is sent. */
  readonly content: string | undefined;
  /** Where it goes, as it was given. */
  readonly address: string;
  #target: URL | undefined;
  /** What can end the call, if it was given anything. */
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
