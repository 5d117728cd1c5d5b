import type { LocatedOperation } from '../document/document.ts';
import type { ResponseFacts } from './deviation.ts';
import type { Target } from './target.ts';

/** The parts of a request that an operation leaves open. */
export interface Parts {
  readonly path?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Form or JSON text. */
  readonly body?: string;
}

/** There is no complete answer to a request. The message names the operation and what to do. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

const largestBodyBytes = 5 * 1_024 * 1_024;

/**
 * Sends one request and returns the answer. Redirects are not followed: they would carry credentials elsewhere, and
 * the contract has none.
 *
 * @throws {NoAnswerError} when there is no complete answer: the message names the operation
 */
export async function send(
  { baseUrl, timeoutMs }: Pick<Target, 'baseUrl' | 'timeoutMs'>,
  operation: LocatedOperation,
  { path = {}, headers = {}, body }: Parts,
): Promise<ResponseFacts> {
  const filled = operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  try {
    const response = await fetch(baseUrl + filled, {
      method: operation.method,
      headers: { accept: 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, body: await readBody(response) };
  } catch (cause) {
    const { origin } = new URL(baseUrl);
    const advice = 'Check --url, and that this machine can reach the service.';
    throw new NoAnswerError(
      `${operation.id}: no complete answer from ${origin}: ${reasonOf(cause, timeoutMs)}. ${advice}`,
    );
  }
}

async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > largestBodyBytes) throw new Error(`the body is larger than ${largestBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Returns codes and fixed words only: a platform's message may quote a URL, which may name a session. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.name === 'TimeoutError') return `not complete within ${timeoutMs / 1_000} s`;
  if (error.message.startsWith('the body is larger')) return error.message;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_0-9]+$/.test(code) ? code : 'the connection failed';
}
