import { ConnectionError } from '../errors/no-response-errors.ts';
import { type ContractViolation, ResponseParseError, ResponseValidationError } from '../errors/response-body-errors.ts';
import type { ResponseDetails } from '../errors/response-error.ts';
import { redact } from '../errors/wording.ts';
import type { Validator } from '../generated/validators.js';
import { unlessAborted } from './abort.ts';
import { contextOf, type Layer } from './compose.ts';
import { titleOf } from './describe-body.ts';
import type { Hooks } from './hooks.ts';
import { BodyTooLargeError, hasStream, readBody, readStream } from './read-body.ts';
import { requestIdOf } from './response-headers.ts';
import { safeCause } from './safe-cause.ts';
import { bodyWithoutCredentials, rememberRequest, withoutCredentials, withoutSent } from './without-sent.ts';

/** Options of {@link withDecoding}. */
interface DecodeOptions extends Pick<Hooks, 'onValidation'> {
  /** Validators of 2xx bodies by operation; a body without one is parsed and not validated. */
  readonly validators: Readonly<Record<string, Validator>>;
  /** `throw`: a body that breaks the contract is an error. `report`: it is reported and passed on. */
  readonly validation: 'throw' | 'report';
}

/** Largest body of a success in bytes: 5 MiB. */
const maxBodyBytes = 5 * 1024 * 1024;
/** Error bodies are human-readable: past this many bytes, or this much time, the rest is not read. */
const maxErrorBodyBytes = 64 * 1024;
const maxErrorBodyMs = 2_000;

/**
 * Reads the body once, bounded and as strict UTF-8, parses it and checks it against the contract. The response that it
 * returns answers `json()` and `text()` from memory, so that later readers wait for nothing.
 *
 * @throws {ResponseParseError} from the layer, when a 2xx body is empty, too large, not UTF-8 or not JSON
 * @throws {ResponseValidationError} from the layer, when a 2xx body breaks the contract and `validation` is `throw`
 */
export function withDecoding({ validators, validation, onValidation }: DecodeOptions): Layer {
  return (next) => async (request, init) => {
    const response = await next(request, init);
    if (!response.ok) {
      rememberRequest(response, request);
      const text = await errorText(response, init?.signal);
      return settled(response, bodyWithoutCredentials(text, request.headers));
    }

    const { operation } = contextOf(request);
    const { status } = response;
    // Looking headers up is expensive, and a success needs none of this.
    const details = (body?: unknown) => ({ operation, status, requestId: requestIdOf(response), body });
    const bytes = await readBody(response, maxBodyBytes).catch((error: unknown) => {
      if (init?.signal?.aborted) throw error;
      if (error instanceof BodyTooLargeError)
        throw new ResponseParseError(`The body is larger than ${maxBodyBytes} bytes.`, details());
      throw new ConnectionError(`The ${status} response broke off before its end. Try again later.`, {
        operation,
        cause: safeCause(error, request),
      });
    });
    const { text, value } = parse(bytes, details, request);

    const validator = validators[operation];
    if (validator && !validator(value)) {
      const violations = violationsOf(validator);
      const { requestId } = details();
      onValidation?.({ operation, status, violations, ...(requestId !== undefined && { requestId }) });
      if (validation === 'throw') throw new ResponseValidationError(violations, details(value));
    }
    return settled(response, text, value);
  };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const lenientUtf8 = new TextDecoder();

/** Reads an error body. The status has arrived: a body that breaks off, hangs or never ends does not replace it. */
async function errorText(response: Response, attempt: AbortSignal | null | undefined): Promise<string> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), maxErrorBodyMs);
  try {
    const bytes = hasStream(response)
      ? await readStream(response.body, maxErrorBodyBytes, limit.signal)
      : new Uint8Array(await unlessAborted(response.arrayBuffer(), limit.signal));
    return lenientUtf8.decode(bytes.subarray(0, maxErrorBodyBytes));
  } catch {
    if (attempt?.aborted) throw attempt.reason;
    return '';
  } finally {
    clearTimeout(timer);
  }
}

/** The platform's own SyntaxError quotes the body, which may be personal data: it is not passed on. */
function parse(
  bytes: Uint8Array,
  details: (body?: unknown) => ResponseDetails & { readonly status: number },
  request: Request,
): { text: string; value: unknown } {
  const failed = (what: string, body?: string) => {
    const all = details(body && withoutCredentials(body, request.headers));
    return new ResponseParseError(`The body of the ${all.status} response is ${what}.`, all);
  };
  if (bytes.byteLength === 0) throw failed('empty');
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    throw failed('not UTF-8', lenientUtf8.decode(bytes));
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    // From a 2xx body, quote only an HTML title; anything else could be personal data or a token.
    const title = titleOf(text);
    throw failed(title ? `a page, not JSON: "${redact(withoutSent(title, request))}"` : 'not JSON, or cut short', text);
  }
}

function violationsOf(validator: Validator): ContractViolation[] {
  return (validator.errors ?? []).map(({ instancePath, message = 'breaks the contract' }) => ({
    path: instancePath,
    message: message.replaceAll(',', ' or '),
  }));
}

/** The same response, whose body answers from memory. */
function settled(response: Response, text: string, value?: unknown): Response {
  return Object.assign(response, {
    text: async () => text,
    json: async () => (value === undefined ? JSON.parse(text) : value),
  });
}
