import type { IncomingMessage } from 'node:http';

/** Larger bodies get 413. */
export const bodyLimit = 1024 * 1024;

/** A body over the limit is read and thrown away up to here, so that its sender reads the 413 and not a reset. */
const drainLimit = 64 * bodyLimit;

const none = Buffer.alloc(0);

/** The whole body, or `too-large`. Rejects when the sender goes away. */
export async function readBody(message: IncomingMessage): Promise<Buffer | 'too-large'> {
  if (!hasBody(message)) return none; // most requests: what follows costs as much as the rest of the server
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > drainLimit) break;
    if (length <= bodyLimit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > bodyLimit ? 'too-large' : Buffer.concat(chunks, length);
}

/** A request without either header has no body (RFC 9112, 6.3). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}
