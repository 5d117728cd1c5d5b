import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { BodySource, type Flow, type Sink } from './body-source.ts';

/** As lenient as the platform: a truncated body yields as much as arrived. */
const zlib = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const brotli = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** A decoder may depend on the first byte: `deflate` comes with a header and without. */
const decoders = new Map<string, (first: number) => Transform>([
  ['gzip', () => createGunzip(zlib)],
  ['x-gzip', () => createGunzip(zlib)],
  ['deflate', (first) => ((first & 0x0f) === 0x08 ? createInflate(zlib) : createInflateRaw(zlib))],
  ['br', () => createBrotliDecompress(brotli)],
]);
const mostCodings = 5;

type MakeDecoders = (first: number) => Transform[];

/** @returns the decoders of a `Content-Encoding`, or nothing when a coding is unknown: then the body stays as it came */
export function decodersFor(encoding: string): MakeDecoders | undefined {
  const codings = encoding.toLowerCase().split(',');
  if (codings.length > mostCodings) throw new Error(`The response has more than ${mostCodings} content codings.`);
  const makers = codings.map((coding) => decoders.get(coding.trim())).reverse();
  if (makers.includes(undefined)) return undefined;
  // Only the one that runs first has seen a byte by now.
  return (first) => makers.flatMap((make, index) => make?.(index === 0 ? first : 0x08) ?? []);
}

/** Decompresses between a connection and a body, no faster than the body is read. */
export class Decompressor implements Sink, Flow {
  readonly source = new BodySource(this);
  readonly #make: MakeDecoders;
  readonly #connection: Flow;
  #chain: Transform[] = [];

  constructor(make: MakeDecoders, connection: Flow) {
    this.#make = make;
    this.#connection = connection;
  }

  write(chunk: Uint8Array): void {
    if (this.#chain.length === 0) this.#begin(chunk[0] ?? 0);
    if (this.#chain[0]?.write(chunk) === false) this.#connection.pause();
  }

  end(): void {
    if (this.#chain.length === 0) this.source.end();
    else this.#chain[0]?.end();
  }

  fail(error: unknown): void {
    this.#destroy();
    this.source.fail(error);
  }

  pause(): void {
    this.#chain.at(-1)?.pause();
  }

  resume(): void {
    this.#chain.at(-1)?.resume();
  }

  abort(reason: unknown): void {
    this.#destroy();
    this.#connection.abort(reason);
  }

  #begin(first: number): void {
    this.#chain = this.#make(first);
    this.#chain.forEach((decoder, index) => {
      decoder.on('error', (cause) => {
        this.fail(new TypeError('terminated', { cause }));
        this.#connection.abort(cause);
      });
      const next = this.#chain[index + 1];
      if (next) decoder.pipe(next);
      else decoder.on('data', (chunk: Uint8Array) => this.source.write(chunk)).on('end', () => this.source.end());
    });
    this.#chain[0]?.on('drain', () => this.#connection.resume());
  }

  #destroy(): void {
    for (const decoder of this.#chain) decoder.destroy();
  }
}
