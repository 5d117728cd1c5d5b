import { Readable } from 'node:stream';
import { BodyTooLargeError, readStream } from '../http/read-body.ts';

/** The connection that a body comes from. */
export interface Flow {
  pause(): void;
  resume(): void;
  /** Releases the connection. */
  abort(reason: unknown): void;
}

/** Where the bytes of a body go. */
export interface Sink {
  write(chunk: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
}

// Node's types leave web streams out.
const isDisturbed = Readable.isDisturbed as unknown as (stream: ReadableStream) => boolean;

/** Until the body is read, this many bytes are buffered before the connection pauses. */
const highWaterMark = 64 * 1024;

/** Buffers a body's bytes as they come, and returns them once: all together, or as a stream. */
export class BodySource implements Sink {
  readonly #flow: Flow;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #state: 'open' | 'ended' | 'failed' = 'open';
  #error: unknown;
  #taken = false;
  #limit = highWaterMark;
  #reader: { resolve(bytes: Uint8Array | undefined): void; reject(error: unknown): void } | undefined;
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #controller: ReadableByteStreamController | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  write(chunk: Uint8Array): void {
    if (this.#state !== 'open') return;
    if (this.#controller) {
      this.#controller.enqueue(new Uint8Array(chunk)); // a copy: a stream takes the memory over
      if ((this.#controller.desiredSize ?? 0) <= 0) this.#flow.pause();
      return;
    }
    this.#chunks.push(chunk);
    this.#size += chunk.byteLength;
    if (this.#size <= this.#limit) return;
    if (this.#reader) this.#reader.resolve(this.#cancel(new Error('the body is too large')));
    else this.#flow.pause();
  }

  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#reader?.resolve(this.#all());
    this.#close();
  }

  fail(error: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.#error = error;
    this.#chunks = [];
    this.#reader?.reject(error);
    this.#controller?.error(error);
  }

  /** Whether reading has begun. */
  get used(): boolean {
    return this.#stream ? isDisturbed(this.#stream) : this.#taken;
  }

  /** @returns the whole body, or nothing when it is larger than `limit`: then the connection is released */
  async read(limit: number): Promise<Uint8Array | undefined> {
    if (this.#stream) return readStream(this.#stream, limit).catch(nothingIfTooLarge);
    if (this.#taken) throw new TypeError('Body is unusable: Body has already been read');
    this.#taken = true;
    this.#limit = limit;
    if (this.#state === 'failed') throw this.#error;
    if (this.#size > limit) return this.#cancel(new Error('the body is too large'));
    if (this.#state === 'ended') return this.#all();
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
      this.#flow.resume();
    });
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.#stream ??= new ReadableStream(
      {
        type: 'bytes',
        start: (controller) => this.#begin(controller),
        pull: () => this.#flow.resume(),
        cancel: (reason) => this.#cancel(reason),
      },
      { highWaterMark },
    );
    return this.#stream;
  }

  /** A second body with the same bytes, as long as nothing has been read. */
  fork(): ReadableStream<Uint8Array<ArrayBuffer>> {
    if (this.used) throw new TypeError('Body is unusable: Body has already been read');
    const [mine, theirs] = this.stream().tee();
    this.#stream = mine;
    return theirs;
  }

  #begin(controller: ReadableByteStreamController): void {
    this.#controller = controller;
    for (const chunk of this.#chunks) controller.enqueue(new Uint8Array(chunk));
    this.#chunks = [];
    if (this.#state === 'failed') controller.error(this.#error);
    else if (this.#state === 'ended' || this.#taken) this.#close();
    this.#taken = true;
  }

  #close(): void {
    this.#controller?.close();
    this.#controller?.byobRequest?.respond(0);
  }

  #cancel(reason: unknown): undefined {
    this.#state = 'ended';
    this.#chunks = [];
    this.#flow.abort(reason);
  }

  #all(): Uint8Array {
    const [only] = this.#chunks;
    if (only && this.#chunks.length === 1) return only;
    const whole = new Uint8Array(this.#size);
    let offset = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return whole;
  }
}

function nothingIfTooLarge(error: unknown): undefined {
  if (!(error instanceof BodyTooLargeError)) throw error;
}
