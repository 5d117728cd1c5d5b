import { ConnectionError, DiditDataError } from '../errors.ts';
import { type Layer, operationOf, signalOf } from './compose.ts';

/**
 * Gives the platform's many ways to say "no response" one name. An abort keeps the platform's own reason.
 *
 * @throws {ConnectionError} from the layer, whose `cause` is the platform's error
 */
export const withConnectionErrors: Layer = (next) => async (request, init) => {
  try {
    return await next(request, init);
  } catch (error) {
    const signal = signalOf(request, init);
    if (signal?.aborted) throw signal.reason;
    if (error instanceof DiditDataError) throw error;
    const code = codeOf(error);
    const refused = neverConnected.includes(code);
    const what = `${refused ? 'no connection to' : 'no response from'} ${new URL(request.url).host}`;
    const advice = refused
      ? 'Check baseUrl, and that the host can be reached from here.'
      : code
        ? 'The connection was lost; try again later.'
        : 'What happened is in cause.';
    throw new ConnectionError(`${what}${code && ` (${code})`}. ${advice}`, {
      operation: operationOf(request),
      cause: error,
      refused,
    });
  }
};

/** What the runtimes call a connection that never came about. */
const neverConnected = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
];

/** Node's `fetch` says only "fetch failed"; what happened is in the code of its cause. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return '';
  const { code } = cause as Error & { code?: unknown };
  // What undici's parser could not read may be a person's data.
  if (String(code).startsWith('HPE_')) Reflect.deleteProperty(cause, 'data');
  return typeof code === 'string' ? code : /connection refused/i.test(cause.message) ? 'ECONNREFUSED' : '';
}
