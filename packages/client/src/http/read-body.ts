/** A transport's own response may bound its body cheaper than a stream can. */
export interface BoundedBody {
  /** @returns the whole body, or nothing when it is larger: then the connection has been released */
  readUpTo(limit: number): Promise<Uint8Array | undefined>;
}

/** Releases the connection of a response whose body is not read. */
export function release(response: Response): void {
  const { body }: { readonly body: (Partial<ReadableStream> & { destroy?(): void }) | null } = response;
  if (body?.cancel)
    body.cancel().catch(() => {}); // it may have been read
  else body?.destroy?.();
}

/** A body was larger than the limit. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a whole body of at most `limit` bytes. Releases the connection of a larger one.
 *
 * @throws {BodyTooLargeError} when the body is larger
 */
export function readBody(response: Response, limit: number): Promise<Uint8Array> {
  if ('readUpTo' in response) return readBounded(response as Response & BoundedBody, limit);
  return hasStream(response) ? readStream(response.body, limit) : readWhole(response, limit);
}

/** The response of another `fetch` may have Node's streams, or none. */
export function hasStream(response: Response): response is Response & { readonly body: ReadableStream<Uint8Array> } {
  return response.body ? 'getReader' in response.body : false;
}

/**
 * Reads a body of at most `limit` bytes chunk by chunk. When the signal aborts, returns what has come so far and releases
 * the connection.
 *
 * @throws {BodyTooLargeError} when the body is larger
 */
export async function readStream(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  signal?.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {}); // not awaited: it resolves only when the reader of a copy also ends
      throw new BodyTooLargeError();
    }
    chunks.push(value);
  }
  return joined(chunks, size);
}

async function readBounded(response: BoundedBody, limit: number): Promise<Uint8Array> {
  const bytes = await response.readUpTo(limit);
  if (!bytes) throw new BodyTooLargeError();
  return bytes;
}

async function readWhole(response: Response, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.byteLength > limit) throw new BodyTooLargeError();
  return bytes;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
