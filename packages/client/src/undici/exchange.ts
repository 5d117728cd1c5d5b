import type { Agent, Dispatcher } from 'undici';
import { LightRequest } from '../http/light-request.ts';
import { BodySource, type Flow, type Sink } from './body-source.ts';
import { Decompressor, decodersFor } from './decompress.ts';
import { ReceivedHeaders } from './received-headers.ts';
import { ReceivedResponse } from './response.ts';

/**
 * Sends a request and returns the response as soon as its headers are there. Fails like the platform's `fetch`: with the
 * signal's own reason, or with a `TypeError` whose `cause` says what happened.
 */
export async function exchange(agent: Agent, request: Request, given?: AbortSignal | null): Promise<Response> {
  const light = (request as unknown) instanceof LightRequest ? (request as unknown as LightRequest) : undefined;
  const signal = given ?? (light ? light.callerSignal : request.signal);
  if (signal?.aborted) throw signal.reason;
  const target = light?.target ?? new URL(request.url);
  const body = light ? light.content : await contentOf(request);
  if (signal?.aborted) throw signal.reason;

  return new Promise((resolve, reject) => {
    const options: Dispatcher.DispatchOptions = {
      origin: target.origin,
      path: target.pathname + target.search,
      method: request.method,
      headers: fieldsOf(request.headers),
      body: body ?? null,
    };
    agent.dispatch(options, new Exchange(target, request.method, signal ?? undefined, resolve, reject));
  });
}

/** What the platform sends by default. */
const usual = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'undici' };

/** Responses to these have no body, whatever their headers say. */
const bodyless: readonly number[] = [204, 205, 304];

/** What undici calls as the response comes. */
class Exchange implements Dispatcher.DispatchHandler, Flow {
  readonly #url: URL;
  readonly #method: string;
  readonly #signal: AbortSignal | undefined;
  readonly #resolve: (response: Response) => void;
  readonly #reject: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #sink: Sink | undefined;
  #over = false;
  readonly #onAbort = () => this.#fail(this.#signal?.reason);

  constructor(
    url: URL,
    method: string,
    signal: AbortSignal | undefined,
    resolve: (response: Response) => void,
    reject: (error: unknown) => void,
  ) {
    this.#url = url;
    this.#method = method;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) this.abort(this.#signal?.reason);
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    fields: Readonly<Record<string, string | string[] | undefined>>,
    statusText = '',
  ): void {
    if (status < 200) return;
    const headers = new ReceivedHeaders(fields);
    const source = this.#method === 'HEAD' || bodyless.includes(status) ? undefined : this.#open(headers);
    this.#resolve(new ReceivedResponse(this.#url.href, status, statusText, headers, source));
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (chunk.byteLength > 0) this.#sink?.write(chunk); // undici passes an empty one when it resumes
  }

  onResponseEnd(): void {
    this.#finish();
    this.#sink?.end();
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    this.#fail(new TypeError(this.#sink ? 'terminated' : 'fetch failed', { cause }));
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  abort(reason: unknown): void {
    this.#finish();
    this.#controller?.abort(reason instanceof Error ? reason : new Error('aborted', { cause: reason }));
  }

  #open(headers: ReceivedHeaders): BodySource {
    const encoding = headers.get('content-encoding');
    const decoders = encoding ? decodersFor(encoding) : undefined;
    if (!decoders) {
      const source = new BodySource(this);
      this.#sink = source;
      return source;
    }
    const decompressor = new Decompressor(decoders, this);
    this.#sink = decompressor;
    return decompressor.source;
  }

  #finish(): void {
    this.#over = true;
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  #fail(reason: unknown): void {
    if (this.#over) return;
    this.#reject(reason);
    this.#sink?.fail(reason);
    this.abort(reason);
  }
}

async function contentOf(request: Request): Promise<Uint8Array | undefined> {
  return request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
}

function fieldsOf(headers: Headers): Record<string, string> {
  const fields: Record<string, string> = { ...usual };
  for (const [name, value] of headers) fields[name] = value;
  return fields;
}
