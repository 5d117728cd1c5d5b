import type { DiditDataError } from '../errors/didit-data-error.ts';
import { ConnectionError } from '../errors/no-response-errors.ts';
import { redact } from '../errors/redact.ts';
import { type ContractViolation, ResponseParseError, ResponseValidationError } from '../errors/response-body-errors.ts';
import type { Validator } from '../generated/validators.js';
import { unlessAborted } from './abort.ts';
import { contextOf, type Layer, operationOf } from './compose.ts';
import { titleOf } from './describe-body.ts';
import { harmless, type ValidationEvent } from './hooks.ts';
import { BodyTooLargeError, hasStream, readBody, readStream } from './read-body.ts';
import { requestIdOf } from './response-headers.ts';
import { safeCause } from './safe-cause.ts';
import { rememberRequest, withoutCredentials, withoutSent } from './without-sent.ts';

/** Options of {@link withDecoding}. */
export interface DecodeOptions {
  /** Validators of 2xx bodies by operation; a body without one is parsed and not validated. */
  readonly validators: Readonly<Record<string, Validator>>;
  /** `throw` (default): a body that breaks the contract is an error. `report`: it is reported and passed on. */
  readonly validation?: 'throw' | 'report';
  /** Told of every body that breaks the contract. */
  readonly onValidation?: ((event: ValidationEvent) => void) | undefined;
  /** Largest body of a success in bytes. Default: 5 MiB. */
  readonly maxBodyBytes?: number;
}

/** Error bodies are for people: past this many bytes, or this much time, they are let go. */
const maxErrorBodyBytes = 64 * 1024;
const maxErrorBodyMs = 2_000;

/**
 * Reads the body once, bounded and as strict UTF-8, parses it and holds it against the contract. The response that it
 * gives answers `json()` and `text()` from memory, so whoever comes after pays nothing and can wait for nothing.
 *
 * @throws {ResponseParseError} from the layer, when a 2xx body is empty, too large, not UTF-8 or not JSON
 * @throws {ResponseValidationError} from the layer, when a 2xx body breaks the contract and `validation` is `throw`
 */
export function withDecoding(options: DecodeOptions): Layer {
  const { validators, validation = 'throw', maxBodyBytes = 5 * 1024 * 1024 } = options;
  const { onValidation } = harmless(options);
  return (next) => async (request, init) => {
    const response = await next(request, init);
    if (!response.ok) {
      rememberRequest(response, request);
      const text = await errorText(response, init?.signal);
      return settled(response, withoutCredentials(text, request.headers));
    }

    // Looking headers up costs, and a success needs none of this.
    const details = (): Details => ({
      operation: operationOf(request),
      status: response.status,
      requestId: requestIdOf(response),
    });
    const bytes = await readBody(response, maxBodyBytes).catch((error: unknown) => {
      if (init?.signal?.aborted) throw error;
      throw unreadable(error, maxBodyBytes, details(), request);
    });
    const { text, value } = parse(bytes, details, request);

    const validator = validators[contextOf(request).operation ?? ''];
    if (validator && !validator(value)) {
      const violations = violationsOf(validator);
      const { requestId, ...event } = { ...details(), violations };
      onValidation?.({ ...event, ...(requestId !== undefined && { requestId }) });
      if (validation === 'throw') throw new ResponseValidationError(violations, { ...details(), body: value });
    }
    return settled(response, text, value);
  };
}

interface Details {
  readonly operation: string;
  readonly status: number;
  readonly requestId: string | undefined;
}

function unreadable(thrown: unknown, limit: number, details: Details, request: Request): DiditDataError {
  if (thrown instanceof BodyTooLargeError)
    return new ResponseParseError(`the body is larger than ${limit} bytes`, details);
  const { operation, status } = details;
  return new ConnectionError(`the ${status} response broke off before its end. Try again later.`, {
    operation,
    cause: safeCause(thrown, request),
  });
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const lenientUtf8 = new TextDecoder();

/**
 * Reads what an error has to say. The status has arrived and tells what happened: a body that breaks off, hangs or has
 * no end does not take it away.
 */
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

/** The platform's own SyntaxError quotes the body, which may be a person's data: it goes no further than here. */
function parse(bytes: Uint8Array, details: () => Details, request: Request): { text: string; value: unknown } {
  if (bytes.byteLength === 0) throw new ResponseParseError(`${details().status} with an empty body`, details());
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    throw new ResponseParseError('the body is not UTF-8', {
      ...details(),
      body: withoutCredentials(lenientUtf8.decode(bytes), request.headers),
    });
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    // Of a success nothing is quoted but a page's title: whatever else there is may be a person's data or a token.
    const title = titleOf(text);
    const what = title ? `a page, not JSON: "${redact(withoutSent(title, request))}"` : 'not JSON, or cut short';
    throw new ResponseParseError(`the body of the ${details().status} response is ${what}`, {
      ...details(),
      body: withoutCredentials(text, request.headers),
    });
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
