import type { BoundedBody } from '../http/read-body.ts';
import type { BodySource } from './body-source.ts';
import type { ReceivedHeaders } from './received-headers.ts';

const utf8 = new TextDecoder();

/** A received response, with every member of the platform's. */
export class ReceivedResponse implements Response, BoundedBody {
  readonly status: number;
  readonly statusText: string;
  readonly headers: ReceivedHeaders;
  readonly url: string;
  readonly redirected = false;
  readonly type = 'default';
  /** Undefined for a response that cannot have a body, as to a HEAD request. */
  readonly #source: BodySource | undefined;

  constructor(url: string, status: number, statusText: string, headers: ReceivedHeaders, source?: BodySource) {
    this.url = url;
    this.status = status;
    this.statusText = statusText;
    this.headers = headers;
    this.#source = source;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#source?.stream() ?? null;
  }

  get bodyUsed(): boolean {
    return this.#source?.used ?? false;
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.readUpTo(Number.POSITIVE_INFINITY);
    return new Uint8Array(bytes ?? []); // a copy: the memory may be shared
  }

  async readUpTo(limit: number): Promise<Uint8Array | undefined> {
    return this.#source ? this.#source.read(limit) : new Uint8Array();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async text(): Promise<string> {
    return utf8.decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async blob(): Promise<Blob> {
    return (await this.#platform()).blob();
  }

  async formData(): Promise<FormData> {
    return (await this.#platform()).formData();
  }

  clone(): Response {
    const { url, status, statusText, headers } = this;
    const copy = new Response(this.#source?.fork() ?? null, { status, statusText, headers });
    return Object.defineProperty(copy, 'url', { value: url });
  }

  async #platform(): Promise<Response> {
    return new Response(await this.bytes(), { headers: this.headers });
  }
}
