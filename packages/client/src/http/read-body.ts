/** What a transport's own response may offer: to bound its body at less cost than a stream does. */
export interface BoundedBody {
  /** @returns the whole body, or nothing when it is larger: then the connection has been let go */
  readUpTo(limit: number): Promise<Uint8Array | undefined>;
}

/** Lets the connection of a response go whose body nobody will read. */
export function letGo(response: Response): void {
  const { body }: { readonly body: (Partial<ReadableStream> & { destroy?(): void }) | null } = response;
  if (body?.cancel)
    body.cancel().catch(() => {}); // it may have been read
  else body?.destroy?.();
}

/** A body was larger than the limit. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a whole body, and no more than `limit` bytes of it: beyond that the connection is let go.
 *
 * @throws {BodyTooLargeError} when the body is larger
 */
export function readBody(response: Response, limit: number): Promise<Uint8Array> {
  if ('readUpTo' in response) return readAtLessCost(response as Response & BoundedBody, limit);
  return hasStream(response) ? readStream(response.body, limit) : readWhole(response, limit);
}

/** A `fetch` of another make may have Node's streams, or none. */
export function hasStream(response: Response): response is Response & { readonly body: ReadableStream<Uint8Array> } {
  return response.body ? 'getReader' in response.body : false;
}

async function readAtLessCost(response: BoundedBody, limit: number): Promise<Uint8Array> {
  const bytes = await response.readUpTo(limit);
  if (!bytes) throw new BodyTooLargeError();
  return bytes;
}

async function readWhole(response: Response, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.byteLength > limit) throw new BodyTooLargeError();
  return bytes;
}

/**
 * Reads a body chunk by chunk, and no more than `limit` bytes of it. When the signal aborts, what has come so far is
 * the result, and the connection is let go.
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
      reader.cancel().catch(() => {}); // not waited for: it ends when whoever reads a copy ends, too
      throw new BodyTooLargeError();
    }
    chunks.push(value);
  }
  return joined(chunks, size);
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
